// Everything that wants to know of each match of a search.

internal import Storage

/// The best documents, or the first by some keys, the number of matches and the counts of facets: all of them are filled
/// by one walk over the matches, segment after segment, in ascending order of documents.
struct MatchCollectors {
  private let keys: [SortKey]
  private var byScore: TopDocumentsCollector
  private var byKeys: SortedDocumentsCollector
  private var facets: [FacetCollector]
  private let needsSets: Bool
  /// The found documents of each segment that was entered.
  private var sets: [[UInt64]] = []
  private var place = 0
  private var columns: [Column?] = []
  private var values: [SortedDocumentsCollector.Value]

  /// How many documents match.
  private(set) var total = 0

  /// Keeps `capacity` documents by some keys, or by score where there is none.
  init(capacity: Int, sortedBy keys: [SortKey], facets: [FacetCollector]) {
    self.keys = keys
    self.facets = facets
    byScore = TopDocumentsCollector(capacity: keys.isEmpty ? capacity : 0)
    byKeys = SortedDocumentsCollector(capacity: keys.isEmpty ? 0 : capacity)
    needsSets = facets.contains(where: \.needsSets)
    values = [SortedDocumentsCollector.Value](repeating: .missing, count: keys.count)
  }

  /// Goes to the next segment, at `place` of the snapshot.
  mutating func enter(_ place: Int, _ segment: SegmentReader) {
    self.place = place
    columns = keys.map { key -> Column? in
      if case .column(let field) = key.source { segment.columns?.column(of: field) } else { nil }
    }
    for number in facets.indices { facets[number].enter(segment) }
    sets.append(needsSets ? [UInt64](repeating: 0, count: (segment.documentCount + 63) / 64) : [])
  }

  /// Takes note of a match, on which the scorer stands.
  mutating func collect(_ document: DocID, _ scorer: Scorer) throws(IndexError) {
    total += 1
    let address = DocAddress(segment: place, document: document)
    if keys.isEmpty {
      if byScore.capacity > 0 { byScore.collect(address, score: Float(scorer.score())) }
    } else {
      for (number, key) in keys.enumerated() {
        let bits =
          switch key.source {
          case .score: OrderedBits.of(Double(Float(scorer.score())))
          case .column: try columns[number]?.bits(document)
          }
        values[number] = bits.map { .init($0, isDescending: key.isDescending) } ?? .missing
      }
      byKeys.collect(address, values, score: scorer.score)
    }
    if needsSets { sets[sets.count - 1][Int(document >> 6)] |= 1 << UInt64(document & 63) }
    for number in facets.indices { try facets[number].collect(document) }
  }

  /// The kept documents in order.
  var best: [ScoredDocument] { keys.isEmpty ? byScore.sorted() : byKeys.sorted() }

  /// The counts of the facets. Every segment of the snapshot was entered.
  func facetCounts(_ control: SearchControl?) throws(IndexError) -> [FacetCounts] {
    try facets.map { (facet) throws(IndexError) in try facet.counts(sets, control) }
  }
}
