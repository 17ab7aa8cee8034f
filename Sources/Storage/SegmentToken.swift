// What ties the files of a segment together.

/// 16 random bytes that all files of one segment carry, so that a file of another index or of another segment with the
/// same name is noticed.
public struct SegmentToken: Hashable, Sendable, CustomStringConvertible {
  private let low: UInt64
  private let high: UInt64

  /// A token from two little-endian halves.
  public init(bytes: (UInt64, UInt64)) { (low, high) = bytes }

  /// A new token.
  public static func random() -> SegmentToken {
    var generator = SystemRandomNumberGenerator()
    return SegmentToken(bytes: (generator.next(), generator.next()))
  }

  /// Reads 16 bytes.
  public init(from reader: inout ByteReader) throws(IndexError) {
    low = try reader.u64()
    high = try reader.u64()
  }

  /// Writes 16 bytes.
  public func write(to writer: inout ByteWriter) {
    writer.u64(low)
    writer.u64(high)
  }

  /// 32 hexadecimal digits, the bytes in the order in which they are stored.
  public var description: String {
    var text = ""
    for half in [low, high] {
      for place in 0..<8 {
        let byte = UInt8(truncatingIfNeeded: half >> UInt64(8 * place))
        text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return text
  }
}
