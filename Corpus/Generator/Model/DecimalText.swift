// Numbers as text, straight into a buffer.

/// Writes decimal digits and literals where the caller has made room.
enum DecimalText {
  /// Writes a number without sign; up to 20 bytes. Returns the end.
  static func put(_ value: UInt64, _ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var digits = 1
    var rest = value / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    return put(value, digits: digits, out)
  }

  /// Writes the lowest digits of a number, with leading zeros. Returns the end.
  static func put(_ value: UInt64, digits: Int, _ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var rest = value
    var place = digits
    while place > 0 {
      place -= 1
      out.storeBytes(of: UInt8(ascii: "0") + UInt8(rest % 10), toByteOffset: place, as: UInt8.self)
      rest /= 10
    }
    return out + digits
  }

  /// Writes a literal. Returns the end.
  @inline(__always)
  static func put(_ text: StaticString, _ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    out.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
    return out + text.utf8CodeUnitCount
  }

  /// Writes one byte. Returns the end.
  @inline(__always)
  static func put(_ byte: UInt8, _ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    out.storeBytes(of: byte, as: UInt8.self)
    return out + 1
  }
}
