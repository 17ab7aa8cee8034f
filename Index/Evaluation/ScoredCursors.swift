// The cursors of a set of terms with what scores them.

internal import Storage

/// One term of a disjunction or conjunction.
struct ScoredCursor {
  var cursor: PostingsCursor
  let scoring: TermScoring
  /// Not below any score of the term.
  let bound: Double
  /// Not below any score of the term in the current window of documents.
  private(set) var windowBound = 0.0
  /// The first block that reaches the current window.
  private var windowBlock = 0
  /// The block whose bound was computed last, and the bound.
  private var boundedBlock = -1
  private var blockBound = 0.0

  init(cursor: PostingsCursor, scoring: TermScoring) {
    self.cursor = cursor
    self.scoring = scoring
    bound = Self.bound(&self.cursor, scoring)
  }

  /// A term that does not score, so that its bounds do not matter.
  init(unscored cursor: PostingsCursor, _ scoring: TermScoring) {
    self.cursor = cursor
    self.scoring = scoring
    bound = 0
  }

  private static func bound(_ cursor: inout PostingsCursor, _ scoring: TermScoring) -> Double {
    var bound: Float = 0
    if cursor.isShort {
      // A short list has no impacts; its few postings are as soon scored.
      guard cursor.enter(0) != .end else { return 0 }
      let documents = unsafe cursor.blockDocuments
      let frequencies = unsafe cursor.blockFrequencies()
      for place in 0..<cursor.blockLength {
        unsafe bound = max(bound, scoring.score(frequency: frequencies[place], document: documents[place]))
      }
      return Double(bound * TermScoring.slack)
    }
    if cursor.groupCount > 0 {
      for group in 0..<cursor.groupCount { bound = max(bound, scoring.bound(cursor.impact(ofGroup: group))) }
      return Double(bound)
    }
    for block in 0..<cursor.blockCount {
      if let impact = cursor.impact(ofBlock: block) { bound = max(bound, scoring.bound(impact)) }
    }
    return Double(bound)
  }

  /// Not below any score in a group of blocks, of which there are some.
  func bound(ofGroup group: Int) -> Double { Double(scoring.bound(cursor.impact(ofGroup: group))) }

  /// Not below any score in a block.
  @inline(__always)
  mutating func bound(ofBlock block: Int) -> Double {
    if block == boundedBlock { return blockBound }
    boundedBlock = block
    blockBound = cursor.impact(ofBlock: block).map { Double(scoring.bound($0)) } ?? bound
    return blockBound
  }

  /// A frequency below which no posting of a block can score above `minimum`.
  func lowestFrequency(inBlock block: Int, above minimum: Double) -> UInt32 {
    guard let impact = cursor.impact(ofBlock: block) else { return 1 }
    let lowest = min(impact.low.norm, impact.high.norm)
    for frequency in 1..<UInt32(8) {
      let norm = frequency > UInt32(impact.low.frequency) && impact.low.frequency < 255 ? impact.high.norm : lowest
      if Double(scoring.bound(frequency: frequency, norm: norm)) > minimum { return frequency }
    }
    return 8
  }

  /// Sets the bound for the documents from `start` to below `end`; windows do not go back.
  @inline(__always)
  mutating func setWindow(_ start: DocID, _ end: DocID) {
    var block = cursor.blockReaching(start, from: windowBlock)
    windowBlock = block
    windowBound = 0
    while block < cursor.blockCount {
      windowBound = max(windowBound, bound(ofBlock: block))
      if cursor.lastDocument(ofBlock: block) >= end - 1 { break }
      block += 1
    }
  }

  /// Moves to the first document not below `target`.
  @inline(__always)
  mutating func seek(_ target: DocID) -> DocID {
    cursor.place < 0 || cursor.document < target ? cursor.advance(to: target) : cursor.document
  }
}

/// Scored cursors at fixed addresses, so that loops change them in place.
///
/// Invariant: `base` points to `count` initialised cursors, owned here; the context that owns their buffers
/// outlives this object.
@safe
final class ScoredCursors {
  let base: UnsafeMutablePointer<ScoredCursor>
  let count: Int
  private let context: ReadingContext

  init(_ cursors: [ScoredCursor], context: ReadingContext) {
    self.context = context
    count = cursors.count
    unsafe base = .allocate(capacity: max(1, count))
    for (place, cursor) in cursors.enumerated() { unsafe (base + place).initialize(to: cursor) }
  }

  deinit {
    unsafe base.deinitialize(count: count)
    unsafe base.deallocate()
  }

  var indices: Range<Int> { 0..<count }
}
