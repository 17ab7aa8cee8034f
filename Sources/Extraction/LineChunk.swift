// A run of whole lines in memory, with padding behind it so that SIMD parsers may read past the last line.

/// Whole lines of an input, with the place where they began.
///
/// The memory belongs to the chunk: a line must not be used after the last reference to its chunk is gone. A chunk never
/// changes after it was made, so it may go from thread to thread.
public final class LineChunk: @unchecked Sendable {
  /// Readable bytes behind the last line.
  static let paddingInBytes = 64

  private let base: UnsafeMutablePointer<UInt8>
  /// Bytes in the chunk, line ends included.
  public let byteCount: Int
  /// The number of the first line, counted from 1.
  public let firstLineNumber: Int
  /// The offset of the first line in the input, in bytes.
  public let byteOffset: Int
  /// Lines before or in this chunk that were refused since the last chunk, for being too long.
  public let refusedLines: [ExtractionError]

  /// Takes over `base`, allocated for at least `byteCount + paddingInBytes` bytes, all of them initialized.
  init(
    adopting base: UnsafeMutablePointer<UInt8>, byteCount: Int, firstLineNumber: Int, byteOffset: Int,
    refusedLines: [ExtractionError]
  ) {
    self.base = base
    self.byteCount = byteCount
    self.firstLineNumber = firstLineNumber
    self.byteOffset = byteOffset
    self.refusedLines = refusedLines
  }

  deinit { base.deallocate() }

  /// The bytes, line ends included; valid as long as the chunk is.
  public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: byteCount) }

  /// The lines that aren't blank, in their order.
  public var lines: Lines { Lines(self) }
}
