// Counts of found documents by values, against counting one by one.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct FacetTests {
  private static let schema = Schema(fields: [
    FieldSchema(name: "text", spacesWithPositions: 1), FieldSchema(name: "value"),
    FieldSchema(name: "real", type: .real), FieldSchema(name: "integer", type: .integer),
  ])

  private struct Corpus {
    var documents: [NaiveIndex.Document] = []
    var integers: [String: Int64] = [:]
  }

  /// Documents with some words, none to three values, and numbers that some lack.
  private func corpus(_ generator: inout SeededGenerator) -> Corpus {
    var corpus = Corpus()
    let values = Int.random(in: 1...40, using: &generator)
    for number in 0..<Int.random(in: 1...400, using: &generator) {
      let length = Int.random(in: 0...6, using: &generator)
      var occurrences = (0..<length).map { position in
        NaiveIndex.Occurrence(Term(field: 1, "w\(Int.random(in: 0...3, using: &generator))"), at: UInt32(position))
      }
      for position in 0..<Int.random(in: 0...3, using: &generator) {
        let value = Int.random(in: 0..<values, using: &generator)
        occurrences.append(.init(Term(field: 2, "v\(value * value % 17)"), at: UInt32(position)))
      }
      var document = NaiveIndex.Document(id: "d\(number)", occurrences: occurrences, lengths: [1: length])
      if Int.random(in: 0..<4, using: &generator) > 0 {
        document.columns[3] = [-1.5, -0.0, 0, 2, 1e300].randomElement(using: &generator) ?? 0
      }
      if Int.random(in: 0..<4, using: &generator) > 0 {
        corpus.integers[document.id] = Int64.random(in: -25...25, using: &generator)
      }
      document.isDeleted = number > 0 && Int.random(in: 0..<6, using: &generator) == 0
      corpus.documents.append(document)
    }
    return corpus
  }

  private func write(_ corpus: Corpus, to directory: MemoryDirectory, segments: Int) throws {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = 1_000_000
    configuration.mergePolicy.rewritesDeleted = false
    let writer = try IndexWriter(directory: directory, schema: Self.schema, configuration: configuration)
    let size = (corpus.documents.count + segments - 1) / segments
    var sequence: UInt64 = 0
    for start in stride(from: 0, to: corpus.documents.count, by: size) {
      let target = writer.makeDocumentWriter()
      for document in corpus.documents[start..<min(corpus.documents.count, start + size)] {
        sequence += 1
        try document.add(to: target, sequence: sequence, integers: corpus.integers[document.id].map { [4: $0] } ?? [:])
      }
      try target.finish()
      try writer.commit()
    }
    for document in corpus.documents where document.isDeleted {
      writer.delete(id: Array(document.id.utf8), sequence: sequence + 1)
    }
    try writer.commit()
    writer.close()
  }

  /// The counts of a facet, from the values that each of the documents has.
  private func naive(_ values: [[FacetValue]], limit: Int) -> FacetCounts {
    var documents: [FacetValue: Int] = [:]
    for found in values { for value in Set(found) { documents[value, default: 0] += 1 } }
    let sorted = documents.sorted { a, b in
      if a.value != b.value { return a.value > b.value }
      switch (a.key, b.key) {
      case (.term(let x), .term(let y)): return x.lexicographicallyPrecedes(y)
      case (.integer(let x), .integer(let y)): return x < y
      case (.real(let x), .real(let y)): return x < y
      default: return false
      }
    }
    return FacetCounts(
      counts: sorted.prefix(limit).map { .init($0.key, $0.value) }, valueCount: documents.count,
      documentCount: values.count { !$0.isEmpty })
  }

  private func queries(_ generator: inout SeededGenerator) -> [Query] {
    func term(_ number: Int) -> Query { .term(Term(field: 1, "w\(number)")) }
    let any = Query.boolean(BooleanQuery(should: [term(0), term(1), term(2)]))
    let value = Query.term(Term(field: 2, "v\(Int.random(in: 0...16, using: &generator))"))
    return [
      .all, term(0), any, .boolean(BooleanQuery(must: [term(1), term(2)])),
      .boolean(BooleanQuery(must: [any], mustNot: [term(3)])), any.filtered(by: [value]),
      any.filtered(by: [.columnRange(ColumnRange(field: 4, bounds: .integers(-10...10)))]),
      .phrase(PhraseQuery([.init(Term(field: 1, "w0"), at: 0), .init(Term(field: 1, "w1"), at: 1)])), .none,
      term(9),
    ]
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func countsAreThoseOfCountingOneByOne(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 7_000 + seed)
    let corpus = corpus(&generator)
    let directory = MemoryDirectory()
    try write(corpus, to: directory, segments: Int.random(in: 1...8, using: &generator))
    let reader = try IndexReader.open(directory)
    _ = try IndexChecker(reader).check()
    let searcher = Searcher(reader)
    let ids = reader.makeDocumentReader()
    let byID = Dictionary(uniqueKeysWithValues: corpus.documents.map { ($0.id, $0) })
    for query in queries(&generator) {
      let comment: Comment = "seed \(seed), \(query)"
      let all = try searcher.search(query, SearchOptions(limit: 10_000, countsTotal: true))
      let found = try all.hits.map { try #require(byID[ids.id(of: $0.address)]) }
      let limit = [0, 1, 3, 100].randomElement(using: &generator) ?? 1
      let facets = [
        Facet(.terms(2, 0), limit: limit), Facet(.reals(3), limit: limit), Facet(.integers(4), limit: limit),
        Facet(.integers(4, group: { $0 < 20 ? ($0 < 0 ? $0 - 9 : $0) / 10 : nil }), limit: limit),
        Facet(.reals(3, group: { $0 < 0 ? -1 : 1 }), limit: limit), Facet(.terms(2, 5), limit: limit),
      ]
      let integers = found.map { corpus.integers[$0.id].map { [$0] } ?? [] }
      let reals = found.map { $0.columns[3].map { [$0] } ?? [] }
      let expected = [
        naive(found.map { $0.occurrences.filter { $0.term.field == 2 }.map { .term($0.term.bytes) } }, limit: limit),
        naive(reals.map { $0.map { .real($0) } }, limit: limit),
        naive(integers.map { $0.map { .integer($0) } }, limit: limit),
        naive(
          integers.map { $0.filter { $0 < 20 }.map { .integer(Int64((Double($0) / 10).rounded(.down))) } }, limit: limit
        ),
        naive(reals.map { $0.map { .real($0 < 0 ? -1 : 1) } }, limit: limit), naive([], limit: limit),
      ]
      for (size, offset) in [(0, 0), (10, 0), (5, 3), (10_000, 0)] {
        var options = SearchOptions(limit: size, offset: offset, countsTotal: true)
        let plain = try searcher.search(query, options)
        let keys = [SortKey(.column(4)), SortKey(.score, isDescending: true)]
        let sorted = try searcher.search(query, sortedBy: keys, options)
        options.facets = facets
        let byScore = try searcher.search(query, options)
        try #require(byScore.facets == expected, comment)
        #expect(byScore.hits == plain.hits, comment)
        #expect(byScore.total == all.total, comment)
        let byKeys = try searcher.search(query, sortedBy: keys, options)
        try #require(byKeys.facets == expected, comment)
        #expect(byKeys.hits == sorted.hits, comment)
        #expect(byKeys.total == all.total, comment)
      }
    }
  }

  @Test func mergingChangesNoCounts() throws {
    var generator = SeededGenerator(seed: 6_999)
    let corpus = corpus(&generator)
    let directory = MemoryDirectory()
    try write(corpus, to: directory, segments: 5)
    var options = SearchOptions(limit: 0)
    options.facets = [Facet(.terms(2, 0)), Facet(.reals(3)), Facet(.integers(4))]
    let before = try Searcher(try IndexReader.open(directory)).search(.all, options).facets
    let writer = try IndexWriter(
      directory: directory, schema: Self.schema, configuration: IndexWriterConfiguration())
    try writer.merge(maximumSegments: 1)
    let reader = writer.reader()
    writer.close()
    #expect(reader.segmentCount == 1)
    #expect(try Searcher(reader).search(.all, options).facets == before)
  }

  @Test func fieldsOfAnotherTypeAreRefused() throws {
    var generator = SeededGenerator(seed: 6_998)
    let directory = MemoryDirectory()
    try write(corpus(&generator), to: directory, segments: 1)
    let searcher = Searcher(try IndexReader.open(directory))
    for facet in [Facet(.terms(3, 0)), Facet(.reals(4)), Facet(.integers(3)), Facet(.integers(2)), Facet(.reals(99))] {
      var options = SearchOptions()
      options.facets = [facet]
      let error = #expect(throws: IndexError.self) { try searcher.search(.all, options) }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test func aCancelledCountEndsWithAnError() throws {
    var generator = SeededGenerator(seed: 6_997)
    let directory = MemoryDirectory()
    try write(corpus(&generator), to: directory, segments: 3)
    let searcher = Searcher(try IndexReader.open(directory))
    var options = SearchOptions()
    options.facets = [Facet(.terms(2, 0))]
    options.control = SearchControl(timeout: .zero)
    let error = #expect(throws: IndexError.self) { try searcher.search(.all, options) }
    #expect(error?.code == .deadlineExceeded)
  }
}
