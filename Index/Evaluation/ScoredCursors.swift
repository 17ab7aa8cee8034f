// The cursors of a set of terms with what scores them.

internal import Storage

/// One term of a disjunction or conjunction.
struct ScoredCursor {
  var cursor: PostingsCursor
  let scoring: TermScoring
  /// Whether a document that has only this term is a match; terms that only score are not.
  let matches: Bool
  /// Not below any score of the term in the current window of documents.
  var windowBound: Float = 0
  /// The first block that reaches the current window.
  var windowBlock = 0

  init(cursor: PostingsCursor, scoring: TermScoring, matches: Bool = true) {
    self.cursor = cursor
    self.scoring = scoring
    self.matches = matches
  }

  /// Sets the bound for the documents from `start` to below `end`; windows do not go back.
  @inline(__always)
  mutating func setWindow(_ start: DocID, _ end: DocID) {
    var block = cursor.blockReaching(start, from: windowBlock)
    windowBlock = block
    windowBound = 0
    while block < cursor.blockCount {
      windowBound = max(windowBound, scoring.bound(cursor.impact(ofBlock: block)))
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
}
