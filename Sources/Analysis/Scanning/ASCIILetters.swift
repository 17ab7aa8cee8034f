// Eight bytes at a time: which are ASCII letters.

/// Bit tricks over eight bytes in an integer.
enum ASCIILetters {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The high bit of each byte that is no ASCII letter.
  @inline(__always)
  static func others(_ bytes: UInt64) -> UInt64 {
    // With the case bit set and the high bit cleared, letters are 61…7A; the sums carry into the high bit from 61 on
    // and from 7B on, and never beyond the byte.
    let lower = (bytes | (0x20 &* ones)) & (0x7F &* ones)
    let fromA = lower &+ ((0x80 - 0x61) &* ones)
    let beyondZ = lower &+ ((0x80 - 0x7B) &* ones)
    return ~(fromA & ~beyondZ & ~bytes) & (0x80 &* ones)
  }
}
