// Swift fronts of the kernels over batches of documents.

internal import CKernels
internal import Storage

/// Loops over arrays of documents and scores. Callers keep what `ckernels_candidates.h` asks for.
enum BatchKernels {
  /// The places of the scores above a threshold. Returns how many.
  @inline(__always)
  static func select(
    _ scores: UnsafePointer<Float>, count: Int, above threshold: Float, into places: UnsafeMutablePointer<UInt8>
  ) -> Int {
    unsafe Int(ckernels_select_above(scores, Int32(truncatingIfNeeded: count), threshold, places))
  }

  /// The places of the values not below a minimum, which is above 0. Returns how many.
  @inline(__always)
  static func select(
    _ values: UnsafePointer<UInt32>, count: Int, from minimum: UInt32, into places: UnsafeMutablePointer<UInt8>
  ) -> Int {
    unsafe Int(ckernels_select_from(values, Int32(truncatingIfNeeded: count), minimum, places))
  }

  /// Adds scores to the sums of a window and, where `marks` is given, marks the documents.
  @inline(__always)
  static func accumulate(
    _ documents: UnsafePointer<UInt32>, _ scores: UnsafePointer<Float>, _ range: Range<Int>, start: DocID,
    sums: UnsafeMutablePointer<Double>, marks: UnsafeMutablePointer<UInt64>?
  ) {
    unsafe ckernels_accumulate(
      documents, scores, Int32(truncatingIfNeeded: range.lowerBound), Int32(truncatingIfNeeded: range.upperBound),
      start,
      sums, marks)
  }

  /// Marks the documents of a window.
  @inline(__always)
  static func mark(
    _ documents: UnsafePointer<UInt32>, _ range: Range<Int>, start: DocID, marks: UnsafeMutablePointer<UInt64>
  ) {
    unsafe ckernels_mark(
      documents, Int32(truncatingIfNeeded: range.lowerBound), Int32(truncatingIfNeeded: range.upperBound), start, marks)
  }

  /// The slots of a window that are marked and have a sum above `minimum`. Returns how many.
  @inline(__always)
  static func sift(
    _ marks: UnsafePointer<UInt64>, words: Int, _ sums: UnsafePointer<Double>, above minimum: Double,
    into slots: UnsafeMutablePointer<UInt32>
  ) -> Int {
    unsafe Int(ckernels_sift(marks, Int32(truncatingIfNeeded: words), sums, minimum, slots))
  }

  /// The same for a window whose sums are 0 where it is not marked, for a `minimum` that is not negative.
  @inline(__always)
  static func siftAll(
    _ sums: UnsafePointer<Double>, words: Int, above minimum: Double, into slots: UnsafeMutablePointer<UInt32>
  ) -> Int {
    unsafe Int(ckernels_sift_all(sums, Int32(truncatingIfNeeded: 64 * words), minimum, slots))
  }

  /// How many bits are set.
  @inline(__always)
  static func count(_ words: UnsafePointer<UInt64>, _ count: Int) -> Int {
    unsafe Int(ckernels_count_bits(words, Int32(truncatingIfNeeded: count)))
  }

  /// The first place of 128 ascending documents that is not below `target`.
  @inline(__always)
  static func place(of target: DocID, in documents: UnsafePointer<UInt32>) -> Int {
    unsafe Int(ckernels_rank128(documents, target))
  }
}
