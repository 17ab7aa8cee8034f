// What an index must find, computed the slow way.

public import InvertedIndex

/// Documents as plain arrays, searched by walking over all of them. Shares no code with the index but the query type, the
/// length codes and the BM25 formula's definition.
public struct NaiveIndex: Sendable {
  /// An occurrence of a term.
  public struct Occurrence: Sendable, Hashable {
    /// The term.
    public var term: Term
    /// Its position.
    public var position: UInt32

    /// Makes an occurrence.
    public init(_ term: Term, at position: UInt32) {
      self.term = term
      self.position = position
    }
  }

  /// A document.
  public struct Document: Sendable {
    /// The id.
    public var id: String
    /// What occurs in it.
    public var occurrences: [Occurrence]
    /// The lengths of its fields.
    public var lengths: [FieldNumber: Int]
    /// Its numbers.
    public var columns: [FieldNumber: Double] = [:]
    /// Whether it was deleted and not merged away.
    public var isDeleted = false

    /// Makes a document.
    public init(id: String, occurrences: [Occurrence], lengths: [FieldNumber: Int]) {
      self.id = id
      self.occurrences = occurrences
      self.lengths = lengths
    }
  }

  /// The documents, deleted ones included, in the order of the index.
  public var documents: [Document]
  /// BM25's parameters.
  public var bm25: BM25

  /// Makes an index of documents.
  public init(_ documents: [Document], bm25: BM25 = BM25()) {
    self.documents = documents
    self.bm25 = bm25
  }

  /// All matching documents with their scores, best first, equal scores in the order of the documents.
  public func search(_ query: Query) -> [(id: String, score: Double)] {
    var hits: [(place: Int, score: Double)] = []
    for place in documents.indices where !documents[place].isDeleted {
      if let score = score(query, documents[place]) { hits.append((place, score)) }
    }
    hits.sort { Float($0.score) != Float($1.score) ? Float($0.score) > Float($1.score) : $0.place < $1.place }
    return hits.map { (documents[$0.place].id, $0.score) }
  }

  /// The score of a document, or nil when it does not match.
  private func score(_ query: Query, _ document: Document) -> Double? {
    switch query {
    case .all: return 1
    case .none: return nil
    case .term(let term):
      let frequency = document.occurrences.count { $0.term == term }
      return frequency == 0 ? nil : bm25(idf(term), Double(frequency), term.field, document)
    case .discounted(let term, let discount):
      let frequency = document.occurrences.count { $0.term == term }
      let weight = max(0, idf(term) - Double(discount))
      return frequency == 0 ? nil : bm25(weight, Double(frequency), term.field, document)
    case .combined(let combined): return score(combined, document)
    case .phrase(let phrase): return score(phrase, document)
    case .boolean(let boolean): return score(boolean, document)
    case .boost(let inner, let factor): return score(inner, document).map { $0 * Double(factor) }
    case .constant(let inner, let value): return score(inner, document).map { _ in Double(value) }
    case .selection(let selection):
      let isHit = document.occurrences.contains {
        $0.term.field == selection.field && $0.term.space == selection.space
          && selects(selection.pattern, $0.term.bytes)
      }
      return isHit ? 1 : nil
    case .columnRange: return nil
    case .columnBoost(let boosted):
      guard let score = score(boosted.query, document) else { return nil }
      let raise = boosted.boosts.reduce(0.0) { sum, boost in
        guard let value = document.columns[boost.field] else { return sum }
        return sum + Double(boost.weight) * boost.value(value)
      }
      return score * (1 + raise)
    }
  }

  private func selects(_ pattern: TermSelection.Pattern, _ term: [UInt8]) -> Bool {
    switch pattern {
    case .prefix(let prefix): return term.starts(with: prefix)
    case .range(let lower, let includesLower, let upper, let includesUpper):
      if let lower, term.lexicographicallyPrecedes(lower) || (!includesLower && term == lower) { return false }
      if let upper, upper.lexicographicallyPrecedes(term) || (!includesUpper && term == upper) { return false }
      return true
    case .automaton(let automaton): return automaton.accepts(term)
    }
  }

  private func idf(_ term: Term) -> Double {
    let df = documents.count { document in document.occurrences.contains { $0.term == term } }
    return Double(BM25.idf(documentFrequency: df, documentCount: documents.count))
  }

  private func bm25(_ weight: Double, _ frequency: Double, _ field: FieldNumber, _ document: Document) -> Double {
    let lengths = documents.compactMap { $0.lengths[field] }.filter { $0 > 0 }
    let average = lengths.isEmpty ? 0 : Double(lengths.reduce(0, +)) / Double(lengths.count)
    let length = Double(FieldLength.decode(FieldLength.encode(document.lengths[field] ?? 0)))
    let k1 = Double(bm25.k1)
    let b = Double(bm25.b)
    let factor = average > 0 ? k1 * (1 - b + b * length / average) : k1
    return weight * frequency / (frequency + factor)
  }

  private func score(_ combined: CombinedQuery, _ document: Document) -> Double? {
    let parts = combined.parts.filter { $0.weight > 0 }
    // What saturates at 1 with weight 1 is x / (1 + x); so x = s / (1 - s) of each term's own saturated frequency s.
    var sum = 0.0
    for part in parts {
      let frequency = Double(document.occurrences.count { $0.term == part.term })
      let saturated = frequency == 0 ? 0 : bm25(1, frequency, part.term.field, document)
      sum += Double(part.weight) * saturated / (1 - saturated)
    }
    guard sum > 0 else { return nil }
    let present = parts.map { idf($0.term) }.min() ?? 0
    return present * sum / (1 + sum)
  }

  private func score(_ boolean: BooleanQuery, _ document: Document) -> Double? {
    if boolean.must.isEmpty, boolean.filter.isEmpty, boolean.should.isEmpty { return nil }
    var sum = 0.0
    for query in boolean.must {
      guard let score = score(query, document) else { return nil }
      sum += score
    }
    for query in boolean.filter where score(query, document) == nil { return nil }
    for query in boolean.mustNot where score(query, document) != nil { return nil }
    let should = boolean.should.compactMap { score($0, document) }
    var minimum = boolean.minimumShouldMatch
    if boolean.must.isEmpty, boolean.filter.isEmpty { minimum = max(1, minimum) }
    guard should.count >= minimum else { return nil }
    return sum + should.reduce(0, +)
  }

  /// Tries every way of placing the phrase's terms on occurrences.
  private func score(_ phrase: PhraseQuery, _ document: Document) -> Double? {
    guard let first = phrase.slots.first else { return nil }
    if phrase.slots.count == 1 { return score(.term(first.term), document) }
    let places = phrase.slots.map { slot in
      Set(document.occurrences.filter { $0.term == slot.term }.map { Int($0.position) })
    }
    if places.contains(where: \.isEmpty) { return nil }
    var frequency = 0.0
    if phrase.slop == 0 {
      let base = Int(first.position)
      for start in places[0]
      where zip(phrase.slots, places).allSatisfy({ $1.contains(start + Int($0.position) - base) }) {
        frequency += 1
      }
    } else {
      frequency = sloppyFrequency(phrase, places.map { $0.sorted() })
    }
    guard frequency > 0 else { return nil }
    let weight = phrase.slots.reduce(0) { $0 + idf($1.term) }
    return bm25(weight, frequency, first.term.field, document)
  }

  /// Tries every start of a slot as the beginning of a window. In a window each slot, in the order of offsets, has the first
  /// place of its term that starts no lower and comes after that of the slot before with the same term; of equal starts
  /// the one with the lowest offset begins an earlier window. Windows count 1 / (1 + width) where the width is within the
  /// slop and no two slots have one place.
  private func sloppyFrequency(_ phrase: PhraseQuery, _ places: [[Int]]) -> Double {
    let slots = phrase.slots.indices.sorted { phrase.slots[$0].position < phrase.slots[$1].position }
    func offset(_ slot: Int) -> Int { Int(phrase.slots[slot].position) }
    var sum = 0.0
    for first in slots {
      for place in places[first] {
        let start = place - offset(first)
        var window: [Int: Int] = [:]
        for slot in slots {
          let before = slots.last { offset($0) < offset(slot) && phrase.slots[$0].term == phrase.slots[slot].term }
          let least = before.flatMap { window[$0] } ?? -1
          window[slot] = places[slot].first { place in
            (place - offset(slot), offset(slot)) >= (start, offset(first)) && place > least
          }
          if window[slot] == nil { break }
        }
        guard window.count == slots.count, window[first] == place else { continue }
        let starts = window.map { $0.value - offset($0.key) }
        let width = (starts.max() ?? 0) - start
        if width <= Int(phrase.slop), Set(window.values).count == slots.count { sum += 1 / Double(1 + width) }
      }
    }
    return sum
  }
}
