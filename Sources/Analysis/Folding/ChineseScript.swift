// Traditional or Simplified.
internal import CFoldingTables

/// The script that a Chinese text is written in.
///
/// Terms are the same in both. What is typed in one script is likelier to mean documents in it, so an index keeps the
/// script of each document as a term and ranking has a weight for it.
public enum ChineseScript: String, Sendable, CaseIterable {
  /// Traditional characters.
  case traditional = "hant"
  /// Simplified characters.
  case simplified = "hans"

  /// The script of a text in UTF-8: the one of which it has more characters that the other does not use. Nil where it has
  /// none, or as many of both: most characters are the same in the two. O(length).
  public init?(of text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return nil }
    var balance = 0
    var offset = 0
    while offset < text.count {
      // Three bytes from U+3400 on, and four.
      guard base[offset] >= 0xE3 else {
        offset += 1
        continue
      }
      let (scalar, length) = UTF8Coding.decode(base, at: offset, end: text.count)
      let entry = scalar < 0x11_0000 ? loquat_folding_entry(scalar) : 0
      balance += Int(entry >> 4 & 1) - Int(entry >> 5 & 1)
      offset += length
    }
    if balance == 0 { return nil }
    self = balance > 0 ? .traditional : .simplified
  }

  /// The script of a text.
  public init?(of text: String) {
    var text = text
    guard let script = text.withUTF8({ ChineseScript(of: $0) }) else { return nil }
    self = script
  }
}
