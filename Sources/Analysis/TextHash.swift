// A hash of texts that is the same in every process.

/// FNV-1a, 64 bits (Fowler, Noll, Vo), over the UTF-8 of several texts with a separator after each.
enum TextHash {
  static func hex(_ texts: [String]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for text in texts {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
