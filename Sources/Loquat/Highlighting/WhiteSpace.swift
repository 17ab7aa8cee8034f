// Folding of white space.

/// White space by the property White_Space of Unicode.
enum WhiteSpace {
  /// The text with each run of white space replaced by one blank.
  static func fold(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if !isSpace { result.append(" ") }
        isSpace = true
      } else {
        result.append(scalar)
        isSpace = false
      }
    }
    return String(result)
  }
}
