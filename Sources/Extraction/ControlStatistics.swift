// Control characters in bytes, which tell programs and pictures from text.

struct ControlStatistics {
  /// Bytes below 0x20 other than tabulators, line and page ends, backspaces and escapes.
  let count: Int
  /// Whether there is an escape character.
  let hasEscape: Bool
  /// Whether this many of them are not found in text.
  let isBinary: Bool

  /// Counts over all bytes; linear.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var controls = 0
    var escapes = 0
    for byte in bytes {
      // 0x08...0x0D and 0x1B
      let isAllowed = (0x0800_3F00 as UInt32) >> UInt32(byte & 31) & 1
      let isBelowSpace: UInt32 = byte < 0x20 ? 1 : 0
      controls &+= Int(isBelowSpace & (isAllowed ^ 1))
      escapes &+= byte == 0x1B ? 1 : 0
    }
    count = controls
    hasEscape = escapes > 0
    isBinary = controls * 100 > bytes.count * ExtractionLimits.binaryControlPercentage
  }
}
