// How wide text is.

/// Widths of characters in text of fixed pitch, in eighths of a column.
///
/// White space after white space, marks and invisible characters cost an eighth each: next to nothing, but enough that
/// text of a limited width is also of limited length.
enum TextWidth {
  /// Width of a column.
  static let column = 8

  /// The width of a scalar value; `followsSpace` says whether white space, which is folded, precedes it.
  static func width(_ scalar: Unicode.Scalar, followsSpace: Bool) -> Int {
    let value = scalar.value
    if value > 0x20 && value < 0x7F { return column }
    if scalar.properties.isWhitespace { return followsSpace ? 1 : column }
    if isWide(scalar) { return 2 * column }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 1
    default: return column
    }
  }

  /// Whether a character takes two columns: East_Asian_Width Wide or Fullwidth (Unicode Standard Annex 11), by blocks.
  static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x1100: false
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1B000...0x1B2FF,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
