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
    let target = unsafe output.append(uninitialized: bound)
    let length = unsafe ZSTD_compressCCtx(context, target, bound, input.baseAddress, input.count, Self.level)
    guard ZSTD_isError(length) == 0 else {
      throw IndexError(.limitExceeded, "a block of stored fields cannot be compressed")
    }
    output.removeLast(bound - length)
  }

  /// Compresses parts, one behind the other, as one frame, and hands out the bytes piece by piece: a long block is
  /// never there twice.
  func compress(_ parts: [UnsafeRawBufferPointer], write: (UnsafeRawBufferPointer) throws(IndexError) -> Void)
    throws(IndexError)
  {
    let total = unsafe parts.reduce(0) { $0 + $1.count }
    var status = unsafe ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters)
    status = max(status, unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level))
    status = max(status, unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(total)))
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: ZSTD_CStreamOutSize(), alignment: 16)
    defer { unsafe piece.deallocate() }
    for place in unsafe parts.indices {
      let part = unsafe parts[place]
      let isLast = unsafe place == parts.count - 1
      var input = unsafe ZSTD_inBuffer(src: part.baseAddress, size: part.count, pos: 0)
      var isDone = false
      while !isDone {
        guard ZSTD_isError(status) == 0 else {
          throw IndexError(.limitExceeded, "a stored document cannot be compressed")
        }
        var output = unsafe ZSTD_outBuffer(dst: piece.baseAddress, size: piece.count, pos: 0)
        status = unsafe ZSTD_compressStream2(context, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
        unsafe try write(UnsafeRawBufferPointer(rebasing: piece[..<output.pos]))
        isDone = unsafe isLast ? status == 0 : input.pos == input.size
      }
    }
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

  /// The most that a frame of a length can hold: each of its blocks takes 4 bytes at least and makes 128 KiB at most
  /// (RFC 8878, section 3.1.1.2).
  static func highestRawLength(frame length: Int) -> Int { (length / 4) << 17 }

  /// The length of the frame at the start of the input; nil when it is no whole frame.
  static func frameLength(_ input: UnsafeRawBufferPointer) -> Int? {
    let length = unsafe ZSTD_findFrameCompressedSize(input.baseAddress, input.count)
    return ZSTD_isError(length) == 0 ? length : nil
  }
}
