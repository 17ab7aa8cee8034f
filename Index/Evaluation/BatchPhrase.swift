// Phrases in the evaluation by batches.

internal import Storage

/// A phrase that candidates have to have, whose terms are among the required ones.
final class RequiredPhrase {
  let matcher: PhraseMatcher
  /// The places among the required terms of those that the matcher reads, in its order.
  let readers: [Int]
  /// The places of all of the phrase's terms among the required ones.
  let terms: [Int]
  let scoring: TermScoring
  /// Whether its frequency in a document is not above that of any of its terms. It may be with slop.
  let isExact: Bool
  /// Not below any score of the phrase.
  let bound: Double
  /// Whether its parts may stand together more often than a term of it is in the document.
  var isLimitedByTerms: Bool { isExact && readers.count < terms.count }

  init(
    matcher: PhraseMatcher, readers: [Int], terms: [Int], scoring: TermScoring, isExact: Bool, bound: Double
  ) {
    self.matcher = matcher
    self.readers = readers
    self.terms = terms
    self.scoring = scoring
    self.isExact = isExact
    self.bound = bound
  }
}

/// A phrase that adds to the score of candidates that have it.
final class OptionalPhrase {
  private var terms: PhraseTerms
  private let scoring: TermScoring
  /// Not below any score of the phrase.
  let bound: Double

  /// `terms` are not empty; their bounds were computed with the weight of the phrase: without slop it is in a document no
  /// more often than each of its terms.
  init(
    _ terms: [(scored: ScoredCursor, positions: (cursor: PositionsCursor, place: PhrasePlace)?)], slop: UInt32,
    scoring: TermScoring
  ) {
    self.terms = PhraseTerms(terms.map { ($0.scored.cursor, $0.positions) }, slop: slop)
    self.scoring = scoring
    bound =
      slop > 0
      ? Double(scoring.weight * TermScoring.slack) : terms.reduce(Double.infinity) { min($0, $1.scored.bound) }
  }

  /// The phrase's score in a document, 0 where it is not. Documents do not descend from call to call.
  func score(_ document: DocID) -> Double {
    for term in terms.cursors.indices {
      let current =
        terms.cursors[term].place < 0 || terms.cursors[term].document < document
        ? terms.cursors[term].advance(to: document) : terms.cursors[term].document
      if current != document { return 0 }
    }
    let frequency = terms.frequency()
    return frequency > 0 ? Double(scoring.score(frequency: frequency, document: document)) : 0
  }
}
