// Memory that an evaluation works in.

internal import Storage

/// Arrays for the documents of one window and a batch of candidates. Used by one thread at a time, kept from search to
/// search only to save allocating them.
///
/// Invariants: `sums` has `windowSize` numbers, `marks` a bit for each and `markSlack` words more, `slots` `windowSize`
/// numbers, `scores` 136. Sums and marks are all zero between evaluations.
@safe
final class EvaluationScratch {
  /// The most documents of a window.
  static let windowSize = 1 << 15
  /// Words behind the marks of a window, for a bit set that reaches beyond it.
  static let markSlack = AscendingCodec.words(span: AscendingCodec.bitSetSpan - 1) + 1

  let sums: UnsafeMutablePointer<Double>
  let marks: UnsafeMutablePointer<UInt64>
  let slots: UnsafeMutablePointer<UInt32>
  let scores: UnsafeMutablePointer<Float>
  let batch = CandidateBatch()
  /// The postings that patterns of the search may still read.
  var patternPostings = Int.max

  init() {
    unsafe sums = .allocate(capacity: Self.windowSize)
    unsafe sums.initialize(repeating: 0, count: Self.windowSize)
    unsafe marks = .allocate(capacity: Self.windowSize / 64 + Self.markSlack)
    unsafe marks.initialize(repeating: 0, count: Self.windowSize / 64 + Self.markSlack)
    unsafe slots = .allocate(capacity: Self.windowSize)
    unsafe scores = .allocate(capacity: BlockCodec.count + 8)
  }

  deinit {
    unsafe sums.deallocate()
    unsafe marks.deallocate()
    unsafe slots.deallocate()
    unsafe scores.deallocate()
  }
}
