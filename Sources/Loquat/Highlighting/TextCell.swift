// Characters of a text as a reader sees them.

/// One grapheme cluster of a text.
struct TextCell {
  /// What a cell is for finding places where a passage may be cut.
  enum Kind {
    /// White space.
    case space
    /// A character of a script that breaks anywhere: Han, kana, and their punctuation; or a pictograph.
    case free
    /// A part of a word, or of something else that only white space ends.
    case glued
  }

  /// Offset of its first byte.
  var start: Int
  /// The width of all cells before it, in the units of `TextWidth`.
  var column: Int
  /// Its first scalar value.
  var scalar: Unicode.Scalar
  var kind: Kind

  /// The cells of a part of a text, and one more of width 0 at its end. The part begins and ends on boundaries of scalar
  /// values.
  static func cells(of text: Span<UInt8>, in range: Range<Int>) -> [TextCell] {
    var scalars = String.UnicodeScalarView()
    var offsets: [Int] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (scalar, length) = TextScalars.decode(text, at: offset)
      scalars.append(scalar)
      offsets.append(offset)
      offset += length
    }
    var cells: [TextCell] = []
    cells.reserveCapacity(offsets.count + 1)
    var next = 0
    var column = 0
    var followsSpace = false
    for character in String(scalars) {
      let start = next
      var width = 0
      var first: Unicode.Scalar = " "
      for scalar in character.unicodeScalars {
        if next == start { first = scalar }
        width += TextWidth.width(scalar, followsSpace: followsSpace)
        followsSpace = scalar.properties.isWhitespace
        next += 1
      }
      cells.append(TextCell(start: offsets[start], column: column, scalar: first, kind: kind(of: first)))
      column += width
    }
    cells.append(TextCell(start: range.upperBound, column: column, scalar: " ", kind: .space))
    return cells
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    if scalar.properties.isWhitespace { return .space }
    guard TextWidth.isWide(scalar) else { return .glued }
    if scalar.properties.isIdeographic || 0x3040..<0x3100 ~= scalar.value { return .free }
    // Full-width letters and digits, and Hangul, make words with spaces between them.
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .glued : .free
  }
}
