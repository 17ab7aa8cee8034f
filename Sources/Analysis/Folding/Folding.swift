// Folding of whole strings.

/// Folds text without cutting it into words.
enum Folding {
  /// The folded form of a text: case, width, accents, stroke letters, compatibility forms, and families of Chinese
  /// characters, one for each. Folding it again changes nothing.
  static func fold(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return "" }
      var result = String.UnicodeScalarView()
      var cursor = FoldedCursor(base, end: bytes.count, at: 0)
      while cursor.kind != CharacterClass.end {
        if let scalar = Unicode.Scalar(cursor.scalar) { result.append(scalar) }
        cursor.advance()
      }
      return String(result)
    }
  }
}
