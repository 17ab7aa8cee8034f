// What each byte means to the scanner.

/// Classes of bytes at the beginning of something, and of the byte after a run of ASCII letters.
enum ASCIITable {
  static let skip: UInt8 = 0
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  static let newline: UInt8 = 3
  static let dot: UInt8 = 4
  static let beyond: UInt8 = 5

  /// The byte ends a word.
  static let ends: UInt8 = 0
  /// It joins two words when a letter or digit follows.
  static let joins: UInt8 = 1
  /// Only the general scanner can tell.
  static let general: UInt8 = 2

  /// Low four bits: what a byte begins; high four bits: what it does after a word. The caller owns the memory.
  static func make() -> UnsafeMutablePointer<UInt8> {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0..<256 {
      let begin: UInt8
      var after = ends
      switch UInt8(byte) {
      case 0x41...0x5A, 0x61...0x7A: (begin, after) = (letter, general)
      case 0x30...0x39: (begin, after) = (digit, general)
      case 0x0A: begin = newline
      case 0x0D: begin = newline
      case 0x2E: (begin, after) = (dot, joins)
      // These lead bytes begin Han characters only, which end a word.
      case 0xE4...0xE9: begin = beyond
      case 0x80...: (begin, after) = (beyond, general)
      case 0x2D, 0x27, 0x5F, 0x26, 0x40: (begin, after) = (skip, joins)
      case 0x2B, 0x23: (begin, after) = (skip, general)
      default: begin = skip
      }
      table[byte] = begin | after << 4
    }
    return table
  }
}
