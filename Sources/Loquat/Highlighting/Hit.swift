// One match in a text.

/// A match, or a part of one, by byte offsets.
struct Hit {
  var start: UInt32
  var end: UInt32
  /// The target that counts in choosing a passage; negative where another hit, that spans this one, counts.
  var target: Int32
  /// Whether the bytes are marked; a phrase with other words inside is marked word by word.
  var isMark: Bool

  static let noTarget: Int32 = -1

  var range: Range<Int> { Int(start)..<max(Int(start), Int(end)) }
}
