// Terms at given distances, document by document.

internal import Storage

/// Matches documents in which the terms of a phrase stand at their places: first documents that have all of the
/// terms, then, when asked, their positions, those of the rarest term first.
final class PhraseScorer: Scorer {
  private var terms: PhraseTerms
  private let scoring: TermScoring
  private var frequency: Float = 0

  /// `terms` are not empty; `scoring` has the sum of the terms' weights.
  init(
    _ terms: [(postings: PostingsCursor, positions: (cursor: PositionsCursor, place: PhrasePlace)?)], slop: UInt32,
    scoring: TermScoring
  ) {
    precondition(!terms.isEmpty)
    self.terms = PhraseTerms(terms, slop: slop)
    self.scoring = scoring
    super.init()
    for term in self.terms.cursors.indices { self.terms.cursors[term].next() }
    document = align(self.terms.cursors[0].document)
  }

  override var cost: Int { terms.cursors[0].documentFrequency }

  override func next() -> DocID {
    document = align(terms.cursors[0].next())
    return document
  }

  override func advance(to target: DocID) -> DocID {
    if document < target { document = align(advance(0, to: target)) }
    return document
  }

  private func advance(_ term: Int, to target: DocID) -> DocID {
    let current = terms.cursors[term].document
    return current < target ? terms.cursors[term].advance(to: target) : current
  }

  private func align(_ start: DocID) -> DocID {
    var candidate = start
    var term = 1
    while candidate != .end, term < terms.cursors.count {
      let found = advance(term, to: candidate)
      if found == candidate {
        term += 1
      } else {
        candidate = found == .end ? .end : advance(0, to: found)
        term = 1
      }
    }
    return candidate
  }

  override func matches() -> Bool {
    frequency = terms.frequency()
    return frequency > 0
  }

  override func score() -> Double { Double(scoring.score(frequency: frequency, document: document)) }
}
