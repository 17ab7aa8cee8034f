// Decoding and encoding of single scalar values.

/// UTF-8, one scalar value at a time (Unicode Standard, table 3-7).
enum UTF8Coding {
  /// Decodes the scalar value at `offset`, which is below `end`; U+FFFD of length 1 where the bytes are ill-formed.
  @inline(__always)
  static func decode(_ base: UnsafePointer<UInt8>, at offset: Int, end: Int) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(base[offset])
    if lead < 0x80 { return (lead, 1) }
    if lead >= 0xE0 && lead < 0xF0 {
      guard end - offset >= 3 else { return (0xFFFD, 1) }
      let second = UInt32(base[offset + 1]) ^ 0x80
      let third = UInt32(base[offset + 2]) ^ 0x80
      let scalar = (lead & 0x0F) << 12 | second << 6 | third
      guard second | third < 0x40, scalar >= 0x800, scalar & 0xF800 != 0xD800 else { return (0xFFFD, 1) }
      return (scalar, 3)
    }
    if lead < 0xE0 {
      guard end - offset >= 2, lead >= 0xC2 else { return (0xFFFD, 1) }
      let second = UInt32(base[offset + 1]) ^ 0x80
      guard second < 0x40 else { return (0xFFFD, 1) }
      return ((lead & 0x1F) << 6 | second, 2)
    }
    guard end - offset >= 4, lead < 0xF5 else { return (0xFFFD, 1) }
    let second = UInt32(base[offset + 1]) ^ 0x80
    let third = UInt32(base[offset + 2]) ^ 0x80
    let fourth = UInt32(base[offset + 3]) ^ 0x80
    let scalar = (lead & 0x07) << 18 | second << 12 | third << 6 | fourth
    guard second | third | fourth < 0x40, scalar >= 0x10000, scalar < 0x110000 else { return (0xFFFD, 1) }
    return (scalar, 4)
  }

  /// Writes the UTF-8 form of a scalar value, up to four bytes, and returns its length.
  @inline(__always)
  static func encode(_ scalar: UInt32, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
    if scalar < 0x80 {
      bytes[0] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    let last = UInt8(truncatingIfNeeded: scalar & 0x3F | 0x80)
    if scalar < 0x800 {
      bytes[0] = UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0)
      bytes[1] = last
      return 2
    }
    let beforeLast = UInt8(truncatingIfNeeded: scalar >> 6 & 0x3F | 0x80)
    if scalar < 0x10000 {
      bytes[0] = UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0)
      bytes[1] = beforeLast
      bytes[2] = last
      return 3
    }
    bytes[0] = UInt8(truncatingIfNeeded: scalar >> 18 | 0xF0)
    bytes[1] = UInt8(truncatingIfNeeded: scalar >> 12 & 0x3F | 0x80)
    bytes[2] = beforeLast
    bytes[3] = last
    return 4
  }
}
