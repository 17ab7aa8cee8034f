// Going through the lines of a chunk.

@preconcurrency import Glibc

extension LineChunk {
  /// A line without its end (LF or CRLF). Behind it, at least 64 bytes are readable.
  public struct Line {
    /// The bytes; valid as long as the chunk is.
    public let bytes: UnsafeBufferPointer<UInt8>
    /// The line's number in the input, counted from 1.
    public let number: Int
    /// The offset of the line in the input, in bytes.
    public let byteOffset: Int

    /// The caller vouches for the padding behind the bytes.
    init(paddedBytes: UnsafeBufferPointer<UInt8>, number: Int, byteOffset: Int) {
      bytes = paddedBytes
      self.number = number
      self.byteOffset = byteOffset
    }
  }

  /// The lines of a chunk; those of white space only are left out.
  public struct Lines: Sequence, IteratorProtocol {
    private let chunk: LineChunk
    private var position = 0
    private var number: Int

    init(_ chunk: LineChunk) {
      self.chunk = chunk
      number = chunk.firstLineNumber
    }

    /// The next line that isn't blank. Linear in the bytes passed.
    public mutating func next() -> Line? {
      let bytes = chunk.bytes
      guard let base = bytes.baseAddress else { return nil }
      while position < bytes.count {
        let start = position
        let rest = bytes.count - start
        let end: Int
        if let newline = memchr(base + start, 0x0A, rest) {
          end = UnsafeRawPointer(newline) - UnsafeRawPointer(base)
          position = end + 1
        } else {
          end = bytes.count
          position = end
        }
        defer { number += 1 }
        var length = end - start
        if length > 0, base[start + length - 1] == 0x0D { length -= 1 }
        let line = UnsafeBufferPointer(start: base + start, count: length)
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
        return Line(paddedBytes: line, number: number, byteOffset: chunk.byteOffset + start)
      }
      return nil
    }
  }
}
