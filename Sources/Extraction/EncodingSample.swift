// A part of a file's bytes that stands for all of them.

enum EncodingSample {
  private static let slices = 16

  /// Slices from all over the file, each starting behind a byte that no double-byte charset has inside a character; the
  /// whole file where it is small. Slices start at even offsets of the file where `keepsPairs` is set, for UTF-16.
  static func take(
    from bytes: UnsafeBufferPointer<UInt8>, size: Int = ExtractionLimits.encodingSampleSizeInBytes,
    keepsPairs: Bool
  ) -> [UInt8] {
    guard bytes.count > size else { return Array(bytes) }
    let sliceSize = size / slices & ~1
    var sample: [UInt8] = []
    sample.reserveCapacity(size)
    for index in 0..<slices {
      let start = (bytes.count - sliceSize) / (slices - 1) * index & ~1
      var slice = bytes[start..<(start + sliceSize)]
      // Below 0x30 there are no trail bytes in GB18030, Big5, Shift_JIS and EUC.
      if !keepsPairs, index > 0, let boundary = slice.firstIndex(where: { $0 < 0x30 }) {
        slice = slice[boundary...]
      }
      sample.append(contentsOf: slice)
    }
    return sample
  }
}
