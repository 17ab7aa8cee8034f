// Zstandard contexts with owners.

internal import CZstd
internal import Storage

/// Compresses blocks; one per thread.
@safe
final class BlockCompressor {
  private let context: OpaquePointer

  /// Levels above this gain little on blocks of tens of KiB and cost several times the time.
  static let level: Int32 = 3

  init() throws(IndexError) {
    guard let context = unsafe ZSTD_createCCtx() else {
      throw IndexError(.limitExceeded, "no memory for a compression context")
    }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  /// Appends the compressed bytes to `output`.
  func compress(_ input: UnsafeRawBufferPointer, into output: EncodeBuffer) throws(IndexError) {
    let bound = ZSTD_compressBound(input.count)
    var result = [UInt8](repeating: 0, count: bound)
    let length = unsafe result.withUnsafeMutableBytes {
      unsafe ZSTD_compressCCtx(context, $0.baseAddress, $0.count, input.baseAddress, input.count, Self.level)
    }
    guard ZSTD_isError(length) == 0 else {
      throw IndexError(.limitExceeded, "a block of stored fields cannot be compressed")
    }
    unsafe result.withUnsafeBufferPointer { unsafe output.append(UnsafeBufferPointer(rebasing: $0[0..<length])) }
  }
}

/// Decompresses blocks; one per thread.
@safe
final class BlockDecompressor {
  private let context: OpaquePointer

  init() throws(IndexError) {
    guard let context = unsafe ZSTD_createDCtx() else {
      throw IndexError(.limitExceeded, "no memory for a decompression context")
    }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// Fills `output` with exactly `length` bytes; false when the input is not a frame of that length.
  func decompress(_ input: UnsafeRawBufferPointer, length: Int, into output: inout [UInt8]) -> Bool {
    if output.count < length { output.append(contentsOf: repeatElement(0, count: length - output.count)) }
    let written = unsafe output.withUnsafeMutableBytes {
      unsafe ZSTD_decompressDCtx(context, $0.baseAddress, length, input.baseAddress, input.count)
    }
    return ZSTD_isError(written) == 0 && written == length
  }

  /// The length that a frame's header says it decompresses to; nil when it is no frame or does not say.
  static func rawLength(_ input: UnsafeRawBufferPointer) -> Int? {
    let length = unsafe ZSTD_getFrameContentSize(input.baseAddress, input.count)
    // The two highest values say "unknown" and "error".
    return length < UInt64.max - 1 ? Int(exactly: length) : nil
  }

  /// The length of the frame at the start of the input; nil when it is no whole frame.
  static func frameLength(_ input: UnsafeRawBufferPointer) -> Int? {
    let length = unsafe ZSTD_findFrameCompressedSize(input.baseAddress, input.count)
    return ZSTD_isError(length) == 0 ? length : nil
  }
}
