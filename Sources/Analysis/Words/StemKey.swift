// English words as integers.

/// A word of up to twelve lower-case ASCII letters, five bits for each, as one integer that no other word has. Bit 62
/// says that `'s` follows the letters. 0 for longer words.
enum StemKey {
  static let maximumLetters = 12
  private static let possessive: UInt64 = 1 << 62

  /// The key of a word of `length` bytes, three or more, that lies in memory with sixteen bytes to read.
  @inline(__always)
  static func key(_ word: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let isPossessive = word[length &- 2] == 0x27
    let letters = isPossessive ? length &- 2 : length
    return letters <= maximumLetters ? pack(word, letters) | (isPossessive ? possessive : 0) : 0
  }

  /// The two keys of a word of 13 to 24 letters that lies in memory with 28 bytes to read; nil for longer ones.
  @inline(__always)
  static func keys(_ word: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64)? {
    let isPossessive = word[length &- 2] == 0x27
    let letters = isPossessive ? length &- 2 : length
    guard letters > maximumLetters, letters <= 2 * maximumLetters else { return nil }
    let rest = pack(word + maximumLetters, letters &- maximumLetters)
    return (pack(word, maximumLetters), rest | (isPossessive ? possessive : 0))
  }

  /// One to twelve letters, five bits each.
  @inline(__always)
  private static func pack(_ word: UnsafePointer<UInt8>, _ letters: Int) -> UInt64 {
    let bytes = UnsafeRawPointer(word)
    let lowMask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* min(letters, 8))
    let highMask = 1 &<< UInt64(truncatingIfNeeded: 8 &* max(letters &- 8, 0)) &- 1
    let low = bytes.loadUnaligned(as: UInt64.self).littleEndian & lowMask
    let high = UInt64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian) & highMask
    return pack(low) | pack(high) &<< 40
  }

  /// Brings the low five bits of each byte together: first in pairs, then in fours, then all eight.
  @inline(__always)
  private static func pack(_ bytes: UInt64) -> UInt64 {
    let pairs = (bytes & 0x001F_001F_001F_001F) | (bytes & 0x1F00_1F00_1F00_1F00) >> 3
    let fours = (pairs & 0x0000_03FF_0000_03FF) | (pairs & 0x03FF_0000_03FF_0000) >> 6
    return (fours & 0x000F_FFFF) | (fours & 0x000F_FFFF_0000_0000) >> 12
  }
}
