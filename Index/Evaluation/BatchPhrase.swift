// Phrases in the evaluation by batches.

internal import Storage

/// A phrase that candidates have to have, whose terms are among the required ones.
final class RequiredPhrase {
  let matcher: PhraseMatcher
  /// The places of the slots' terms among the required terms, in the order of the matcher's slots.
  let terms: [Int]
  let scoring: TermScoring
  /// Whether its frequency in a document is not above that of any of its terms. It may be with slop.
  let isExact: Bool
  /// Not below any score of the phrase.
  let bound: Double

  init(matcher: PhraseMatcher, terms: [Int], scoring: TermScoring, isExact: Bool, bound: Double) {
    self.matcher = matcher
    self.terms = terms
    self.scoring = scoring
    self.isExact = isExact
    self.bound = bound
  }
}

/// A phrase that adds to the score of candidates that have it.
final class OptionalPhrase {
  private var cursors: [PostingsCursor]
  private let matcher: PhraseMatcher
  private let scoring: TermScoring
  /// Not below any score of the phrase.
  let bound: Double

  /// `slots` are not empty; their bounds were computed with the weight of the phrase: without slop it is in a document no
  /// more often than each of its terms.
  init(
    _ slots: [(scored: ScoredCursor, positions: PositionsCursor, place: PhrasePlace)], slop: UInt32,
    scoring: TermScoring
  ) {
    let slots = slots.sorted { $0.scored.cursor.documentFrequency < $1.scored.cursor.documentFrequency }
    cursors = slots.map(\.scored.cursor)
    matcher = PhraseMatcher(slots.map { ($0.positions, $0.place) }, slop: slop)
    self.scoring = scoring
    bound =
      slop > 0
      ? Double(scoring.weight * TermScoring.slack) : slots.reduce(Double.infinity) { min($0, $1.scored.bound) }
  }

  /// The phrase's score in a document, 0 where it is not. Documents do not descend from call to call.
  func score(_ document: DocID) -> Double {
    for slot in cursors.indices {
      let current =
        cursors[slot].place < 0 || cursors[slot].document < document
        ? cursors[slot].advance(to: document) : cursors[slot].document
      if current != document { return 0 }
    }
    let frequency = matcher.frequency { slot, positions, list in
      let (block, place) = (cursors[slot].currentBlock, cursors[slot].place)
      positions.read(&cursors[slot], block: block, place: place, into: &list)
    }
    return frequency > 0 ? Double(scoring.score(frequency: frequency, document: document)) : 0
  }
}
