// Every way of evaluating a query against the slow way.

import InvertedIndex
import Storage
import TestSupport
import Testing

/// A random index and the means to make random queries for it.
struct RandomCorpus {
  var generator: SeededGenerator
  let schema: Schema
  let naive: NaiveIndex
  let segments: [Int]
  private let vocabulary: [Term]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    schema = Schema(fields: [
      FieldSchema(name: "text", spacesWithPositions: 0b011), FieldSchema(name: "title", spacesWithPositions: 0b001),
    ])
    let documentCount = [1, 5, 40, 127, 128, 129, 300, 700].randomElement(using: &generator) ?? 1
    let words = Int.random(in: 1...30, using: &generator)
    vocabulary = (0..<words).map { word in
      Term(
        field: word % 5 == 4 ? 2 : 1, space: word % 7 == 6 ? 1 : 0, word < 3 ? "common\(word)" : "w\(word)")
    }
    var documents: [NaiveIndex.Document] = []
    for number in 0..<documentCount {
      let length = Int.random(in: 0...20, using: &generator)
      var occurrences: [NaiveIndex.Occurrence] = []
      var lengths: [FieldNumber: Int] = [:]
      for position in 0..<length {
        // Squaring a uniform number makes the first words frequent.
        let uniform = Double.random(in: 0..<1, using: &generator)
        let term = vocabulary[Int(uniform * uniform * Double(words))]
        occurrences.append(.init(term, at: UInt32(position)))
        lengths[term.field, default: 0] += 1
      }
      documents.append(.init(id: "d\(number)", occurrences: occurrences, lengths: lengths))
    }
    if Bool.random(using: &generator) {
      for place in documents.indices { documents[place].isDeleted = Int.random(in: 0..<3, using: &generator) == 0 }
    }
    var sizes: [Int] = []
    var rest = documentCount
    while rest > 0 {
      let size = sizes.count == 7 ? rest : Int.random(in: 1...rest, using: &generator)
      sizes.append(size)
      rest -= size
    }
    segments = sizes
    // A segment without a live document is dropped at once, and its documents no longer count.
    var start = 0
    for size in sizes {
      if documents[start..<start + size].allSatisfy(\.isDeleted) { documents[start].isDeleted = false }
      start += size
    }
    naive = NaiveIndex(documents, bm25: BM25(k1: 0.9, b: 0.6))
  }

  mutating func term() -> Term {
    Int.random(in: 0..<20, using: &generator) == 0
      ? Term(field: 1, "absent") : vocabulary.randomElement(using: &generator) ?? Term(field: 1, "absent")
  }

  mutating func query(depth: Int = 3) -> Query {
    switch Int.random(in: 0..<(depth > 0 ? 14 : 4), using: &generator) {
    case 0, 1: return termQuery()
    case 2: return phrase()
    case 3:
      return .selection(
        TermSelection(
          field: 1, space: 0,
          pattern: .prefix(Array((["w1", "co", "w", "x"].randomElement(using: &generator) ?? "").utf8))))
    case 4: return .boost(query(depth: depth - 1), [0.5, 2, 0].randomElement(using: &generator) ?? 1)
    case 5: return .constant(query(depth: depth - 1), 1.5)
    case 6, 7: return .boolean(BooleanQuery(should: terms()))
    case 8: return .boolean(BooleanQuery(must: terms()))
    case 9: return .boolean(BooleanQuery(must: [.boolean(BooleanQuery(should: terms()))], should: terms()))
    case 10:
      return .boolean(BooleanQuery(should: termsAndPhrases(), mustNot: Bool.random(using: &generator) ? terms() : []))
    case 11:
      return .boolean(
        BooleanQuery(must: [.boolean(BooleanQuery(should: termsAndPhrases()))], should: termsAndPhrases()))
    default:
      return .boolean(
        BooleanQuery(
          must: queries(depth), should: queries(depth), mustNot: queries(depth), filter: queries(depth),
          minimumShouldMatch: Int.random(in: 0...2, using: &generator)))
    }
  }

  private mutating func terms() -> [Query] {
    (0..<Int.random(in: 1...5, using: &generator)).map { _ in termQuery() }
  }

  private mutating func termQuery() -> Query {
    let discount: Float? = [nil, nil, nil, 0.3, 1, 3].randomElement(using: &generator) ?? nil
    return discount.map { .discounted(term(), $0) } ?? .term(term())
  }

  private mutating func termsAndPhrases() -> [Query] {
    let phrases = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
      Bool.random(using: &generator) ? phrase() : .constant(phrase(), 0)
    }
    return (Int.random(in: 0..<4, using: &generator) == 0 ? [] : terms()) + phrases
  }

  private mutating func queries(_ depth: Int) -> [Query] {
    (0..<Int.random(in: 0...2, using: &generator)).map { _ in query(depth: depth - 1) }
  }

  private mutating func phrase() -> Query {
    let candidates = vocabulary.filter { $0.field == 1 }
    guard let first = candidates.randomElement(using: &generator) else { return .none }
    var slots = [PhraseQuery.Slot(first, at: 3)]
    for offset in 1...Int.random(in: 1...2, using: &generator) {
      slots.append(.init(candidates.randomElement(using: &generator) ?? first, at: UInt32(3 + offset)))
    }
    return .phrase(PhraseQuery(slots, slop: [0, 0, 1, 2, 5].randomElement(using: &generator) ?? 0))
  }
}

@Suite struct SearchEquivalenceTests {
  /// Index and query pairs of one run; `LOQUAT_TORTURE` asks for many more.
  static let seeds: Range<UInt64> = 0..<(testFlag("LOQUAT_TORTURE") ? 6_500 : 130)

  @Test(arguments: seeds)
  func everyEvaluationFindsWhatTheSlowWayFinds(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let directory = MemoryDirectory()
    try corpus.naive.write(to: directory, schema: corpus.schema, segments: corpus.segments)
    let reader = try IndexReader.open(directory)
    let searcher = Searcher(reader, bm25: corpus.naive.bm25)
    let ids = reader.makeDocumentReader()
    for round in 0..<80 {
      let query = corpus.query()
      let expected = corpus.naive.search(query)
      let comment: Comment = "seed \(seed), round \(round), \(query)"
      try #require(try searcher.count(query) == expected.count, comment)
      for limit in [1, 3, 10, 100_000] {
        for counts in [false, true] {
          let found = try searcher.search(query, SearchOptions(limit: limit, countsTotal: counts))
          if counts { #expect(found.total == expected.count, comment) }
          #expect(found.hits.count == min(limit, expected.count), comment)
          var sameOrder = true
          for (hit, want) in zip(found.hits, expected) {
            let isClose = abs(Double(hit.score) - want.score) <= 1e-5 * max(1, abs(want.score))
            guard isClose else {
              Issue.record("\(comment): \(hit.score) for \(want.score), limit \(limit), counts \(counts)")
              return
            }
            if try ids.id(of: hit.address) != want.id { sameOrder = false }
          }
          // Rounding may swap documents whose exact scores are equal; then the sets of scores agree still.
          if !sameOrder {
            let wanted = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.score) })
            for hit in found.hits {
              let score = try #require(wanted[ids.id(of: hit.address)], comment)
              #expect(abs(Double(hit.score) - score) <= 1e-5 * max(1, abs(score)), comment)
            }
          }
        }
        // Pruned and complete evaluation agree to the bit.
        let pruned = try searcher.search(query, SearchOptions(limit: limit))
        let complete = try searcher.search(query, SearchOptions(limit: limit, countsTotal: true))
        try #require(pruned.hits == complete.hits, comment)
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func filtersTakeDocumentsAwayAndChangeNoScore(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 2_000 + seed)
    let directory = MemoryDirectory()
    try corpus.naive.write(to: directory, schema: corpus.schema, segments: corpus.segments)
    let searcher = Searcher(try IndexReader.open(directory), bm25: corpus.naive.bm25)
    for round in 0..<60 {
      let query = corpus.query()
      let filters = (0...Int.random(in: 0...1, using: &corpus.generator)).map { _ in corpus.query(depth: 1) }
      let comment: Comment = "seed \(seed), round \(round), \(query) filtered by \(filters)"
      var expected = try searcher.search(query, SearchOptions(limit: 10_000)).hits
      for filter in filters {
        let allowed = Set(try searcher.search(filter, SearchOptions(limit: 10_000)).hits.map(\.address))
        expected.removeAll { !allowed.contains($0.address) }
      }
      let filtered = query.filtered(by: filters)
      try #require(try searcher.count(filtered) == expected.count, comment)
      for limit in [1, 10, 10_000] {
        let found = try searcher.search(filtered, SearchOptions(limit: limit)).hits
        try #require(found.map(\.address) == expected.prefix(limit).map(\.address), comment)
        for (hit, want) in zip(found, expected) {
          try #require(abs(hit.score - want.score) <= 1e-5 * max(1, want.score), comment)
        }
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func mergingChangesNeitherDocumentsNorScores(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 1_000 + seed)
    var live = corpus.naive
    live.documents.removeAll(where: \.isDeleted)
    let directory = MemoryDirectory()
    try corpus.naive.write(to: directory, schema: corpus.schema, segments: corpus.segments)
    let writer = try IndexWriter(
      directory: directory, schema: corpus.schema, configuration: IndexWriterConfiguration())
    try writer.merge(maximumSegments: 1)
    let reader = writer.reader()
    writer.close()
    #expect(reader.segmentCount == (live.documents.isEmpty ? 0 : 1))
    #expect(reader.deletedCount == 0)
    _ = try IndexChecker(reader).check()
    let searcher = Searcher(reader, bm25: live.bm25)
    for round in 0..<40 {
      let query = corpus.query()
      let expected = live.search(query)
      let found = try searcher.search(query, SearchOptions(limit: 1_000, countsTotal: true))
      #expect(found.total == expected.count, "seed \(seed), round \(round), \(query)")
      for (hit, want) in zip(found.hits, expected) {
        #expect(abs(Double(hit.score) - want.score) <= 1e-3 * max(1, abs(want.score)), "seed \(seed), \(query)")
      }
    }
  }
}
