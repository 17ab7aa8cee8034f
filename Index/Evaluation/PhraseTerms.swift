// The terms of a phrase, each with a cursor of its own.

internal import Storage

/// Cursors over the terms of a phrase, the rarest first, and what finds it in a document that they all stand on.
struct PhraseTerms {
  /// All terms that a document needs.
  var cursors: [PostingsCursor]
  private let matcher: PhraseMatcher
  /// The places among the cursors of those that the matcher reads, in its order.
  private let readers: [Int]
  /// Whether its parts may stand together more often than a term of it is in the document.
  private let isLimitedByTerms: Bool

  /// At least one term has positions.
  init(_ terms: [(postings: PostingsCursor, positions: (cursor: PositionsCursor, place: PhrasePlace)?)], slop: UInt32) {
    let terms = terms.sorted { $0.postings.documentFrequency < $1.postings.documentFrequency }
    cursors = terms.map(\.postings)
    readers = terms.indices.filter { terms[$0].positions != nil }
    matcher = PhraseMatcher(terms.compactMap(\.positions).map { ($0.cursor, $0.place) }, slop: slop)
    isLimitedByTerms = slop == 0 && readers.count < terms.count
  }

  /// How often the phrase stands in the document that all cursors stand on.
  mutating func frequency() -> Float {
    let frequency = matcher.frequency { slot, positions, list in
      let reader = readers[slot]
      let (block, place) = (cursors[reader].currentBlock, cursors[reader].place)
      positions.read(&cursors[reader], block: block, place: place, into: &list)
    }
    if !isLimitedByTerms || frequency == 0 { return frequency }
    var lowest = UInt32.max
    for term in cursors.indices { lowest = min(lowest, cursors[term].frequency) }
    return min(frequency, Float(lowest))
  }
}
