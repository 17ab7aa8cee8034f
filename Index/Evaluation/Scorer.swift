// Iterators over the documents that match a query in one segment.

internal import Storage

/// Walks matching documents in ascending order and scores them.
///
/// It stands on its first candidate from the start, and on ``DocID/end`` behind the last. A scorer may stand on
/// a candidate that only looks like a match: after each move ask `matches()` before using it. Scores are sums of
/// single-precision term scores in double precision: such sums are exact for the number of terms a query has,
/// so that the order of adding does not matter.
class Scorer {
  /// The candidate it stands on.
  final var document: DocID = .end

  /// How many documents it may have to walk over.
  var cost: Int { 0 }

  /// Moves to the next candidate.
  @discardableResult
  func next() -> DocID { .end }

  /// Moves to the first candidate not below `target`; stays where it is when that is not below.
  @discardableResult
  func advance(to target: DocID) -> DocID { .end }

  /// Whether the candidate it stands on is a match.
  func matches() -> Bool { true }

  /// The score of the match it stands on.
  func score() -> Double { 0 }
}

/// Matches nothing.
final class EmptyScorer: Scorer {}

/// Matches every document of the segment.
final class AllScorer: Scorer {
  private let documentCount: DocID

  init(documentCount: Int) {
    self.documentCount = DocID(documentCount)
    super.init()
    document = documentCount > 0 ? 0 : .end
  }

  override var cost: Int { Int(documentCount) }
  override func next() -> DocID { document == .end ? .end : advance(to: document + 1) }
  override func advance(to target: DocID) -> DocID {
    document = max(document, target < documentCount ? target : .end)
    return document
  }
  override func score() -> Double { 1 }
}

/// Matches the documents of a term.
final class TermScorer: Scorer {
  private var cursor: PostingsCursor
  private let scoring: TermScoring

  init(_ cursor: PostingsCursor, _ scoring: TermScoring) {
    self.cursor = cursor
    self.scoring = scoring
    super.init()
    document = self.cursor.next()
  }

  override var cost: Int { cursor.documentFrequency }
  override func next() -> DocID {
    document = cursor.next()
    return document
  }
  override func advance(to target: DocID) -> DocID {
    if document < target { document = cursor.advance(to: target) }
    return document
  }
  override func score() -> Double {
    Double(scoring.score(frequency: cursor.frequency, document: document))
  }
}

/// Matches the documents of a bit set, all with score 1.
final class BitSetScorer: Scorer {
  /// Bit d mod 64 of word d / 64 stands for document d.
  let words: [UInt64]
  private let count: Int

  init(words: [UInt64]) {
    self.words = words
    count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    super.init()
    document = 0
    find(0)
  }

  override var cost: Int { count }
  override func next() -> DocID { document == .end ? .end : find(document + 1) }
  override func advance(to target: DocID) -> DocID { document < target ? find(target) : document }

  @discardableResult
  private func find(_ target: DocID) -> DocID {
    var word = Int(target >> 6)
    document = .end
    guard word < words.count else { return .end }
    var bits = words[word] & (UInt64.max << UInt64(target & 63))
    while bits == 0 {
      word += 1
      if word == words.count { return .end }
      bits = words[word]
    }
    document = DocID(word << 6 + bits.trailingZeroBitCount)
    return document
  }
  override func score() -> Double { 1 }
}

/// Changes the scores of another scorer: score = factor · inner + summand.
final class RescaledScorer: Scorer {
  private let inner: Scorer
  private let factor: Double
  private let summand: Double

  init(_ inner: Scorer, factor: Double, summand: Double) {
    self.inner = inner
    self.factor = factor
    self.summand = summand
    super.init()
    document = inner.document
  }

  override var cost: Int { inner.cost }
  override func next() -> DocID {
    document = inner.next()
    return document
  }
  override func advance(to target: DocID) -> DocID {
    document = inner.advance(to: target)
    return document
  }
  override func matches() -> Bool { inner.matches() }
  override func score() -> Double { (factor == 0 ? 0 : factor * inner.score()) + summand }
}
