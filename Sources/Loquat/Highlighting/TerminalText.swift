// Text that is safe to print.

/// Takes from text what could steer a terminal or disguise what is shown.
enum TerminalText {
  /// The text without control characters and without marks, embeddings, overrides and isolates of direction (Unicode
  /// Standard Annex 9, section 2).
  static func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.lazy.filter { !isUnsafe($0) })
    return String(result)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
    default: false
    }
  }
}
