// Control characters in bytes, which tell programs and pictures from text.

struct ControlStatistics {
  /// Bytes below 0x20 other than tabulators, line and page ends, backspaces and escapes.
  let count: Int
  /// Whether there is an escape character.
  let hasEscape: Bool
  /// Whether this many of them are not found in text.
  let isBinary: Bool

  /// Counts over all bytes; linear, eight bytes at a time where none of them is below 0x20.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var controls = 0
    var escapes = 0
    let all = UnsafeRawBufferPointer(bytes)
    var position = 0
    while position < all.count {
      let end = min(position + 8, all.count)
      if end - position == 8 {
        // Bytes below 0x20 leave the highest bit set ("Bit Twiddling Hacks", S. E. Anderson, hasless).
        let word = all.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        if (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 == 0 {
          position = end
          continue
        }
      }
      for byte in all[position..<end] where byte < 0x20 {
        // 0x08...0x0D and 0x1B are allowed.
        controls += (0x0800_3F00 as UInt32) >> UInt32(byte) & 1 == 0 ? 1 : 0
        escapes += byte == 0x1B ? 1 : 0
      }
      position = end
    }
    count = controls
    hasEscape = escapes > 0
    isBinary = controls * 100 > bytes.count * ExtractionLimits.binaryControlPercentage
  }
}
