// Scalar values of UTF-8 that may be ill-formed.

/// Decoding of single scalar values in both directions (Unicode Standard, table 3-7). A byte that is part of none counts
/// as U+FFFD.
enum TextScalars {
  /// The scalar value at an offset, which must be within the text, and its length in bytes.
  static func decode(_ text: Span<UInt8>, at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let lead = text[offset]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, offset + length <= text.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in offset + 1..<offset + length {
      guard text[index] & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(text[index] & 0x3F)
    }
    let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard value >= least, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }

  /// The scalar value that ends at an offset, which must be above 0 and no more than the text's length.
  static func decode(_ text: Span<UInt8>, before offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    var start = offset - 1
    while start > 0, offset - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    let found = decode(text, at: start)
    return found.length == offset - start ? found : ("\u{FFFD}", 1)
  }
}
