// Field lengths quantised to one byte.

/// Turns the length of a field into one byte and back, as Lucene does (`SmallFloat.intToByte4`): exact up
/// to 40, then four significant bits, so that scores can be compared with engines that do the same.
public enum FieldLength {
  /// Lengths below this are stored as they are.
  private static let exactBelow = 24

  /// The code of a length. Monotone; 0 only for an empty field.
  public static func encode(_ length: Int) -> UInt8 {
    if length < exactBelow { return UInt8(max(0, length)) }
    return UInt8(min(255, exactBelow + small(length - exactBelow)))
  }

  /// The largest value not above a length that shares its code; `decode(encode(n)) <= n`.
  public static func decode(_ code: UInt8) -> Int {
    let code = Int(code)
    if code < exactBelow { return code }
    let rest = code - exactBelow
    let shift = rest >> 3
    if shift == 0 { return exactBelow + rest }
    return exactBelow + ((rest & 7 | 8) << (shift - 1))
  }

  /// Decoded lengths of all 256 codes.
  static let table: [Int] = (0...255).map { decode(UInt8($0)) }

  /// Three bits of mantissa behind an implicit one, and the shift above them.
  private static func small(_ value: Int) -> Int {
    let bits = Int.bitWidth - value.leadingZeroBitCount
    if bits < 4 { return value }
    let shift = bits - 4
    return ((value >> shift) & 7) | ((shift + 1) << 3)
  }
}
