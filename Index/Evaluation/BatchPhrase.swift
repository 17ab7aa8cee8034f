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

  /// The phrase's score in a document, 0 where it is not, and the first document behind it that may have the phrase.
  /// Documents do not descend from call to call.
  fileprivate func score(_ document: DocID) -> (score: Double, next: DocID) {
    for term in terms.cursors.indices {
      let current =
        terms.cursors[term].place < 0 || terms.cursors[term].document < document
        ? terms.cursors[term].advance(to: document) : terms.cursors[term].document
      if current != document { return (0, current) }
    }
    let frequency = terms.frequency()
    return (frequency > 0 ? Double(scoring.score(frequency: frequency, document: document)) : 0, document + 1)
  }
}

/// The phrases that only add to the scores of a query. It may have thousands: of nearly all of them it is known that the
/// next document that may have it is further on.
struct OptionalPhrases {
  let isEmpty: Bool
  private let phrases: [OptionalPhrase]
  private let bounds: [Double]
  /// Of each phrase, a document before which it has none that was not asked for.
  private var next: [DocID]
  /// Not below what all of them add to a score.
  let bound: Double

  init(_ phrases: [OptionalPhrase]) {
    isEmpty = phrases.isEmpty
    self.phrases = phrases
    bounds = phrases.map(\.bound)
    next = [DocID](repeating: 0, count: phrases.count)
    bound = bounds.reduce(0, +)
  }

  /// Adds the scores of the phrases in a document to a sum; not all of them where it cannot come to more than the
  /// threshold any more. Documents do not descend from call to call.
  mutating func add(to sum: inout Double, _ document: DocID, threshold: Double) {
    var rest = bound
    for place in phrases.indices {
      if sum + rest <= threshold { return }
      rest -= bounds[place]
      if next[place] > document { continue }
      let (score, following) = phrases[place].score(document)
      sum += score
      next[place] = following
    }
  }
}
