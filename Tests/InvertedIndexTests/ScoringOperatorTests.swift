// The operators that only rank: fields together, numbers of documents, pairs beside a disjunction.

import InvertedIndex
import Storage
import TestSupport
import Testing

/// Documents with two text fields and a column, and random queries of the operators that rank.
private struct RankedCorpus {
  static let schema = Schema(fields: [
    FieldSchema(name: "text", spacesWithPositions: 1), FieldSchema(name: "title", spacesWithPositions: 1),
    FieldSchema(name: "views", type: .real),
  ])
  var generator: SeededGenerator
  let naive: NaiveIndex
  private let words: Int

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    words = Int.random(in: 2...12, using: &generator)
    var documents: [NaiveIndex.Document] = []
    for number in 0..<Int.random(in: 1...300, using: &generator) {
      var occurrences: [NaiveIndex.Occurrence] = []
      var lengths: [FieldNumber: Int] = [:]
      for (field, longest) in [(FieldNumber(1), 25), (2, 4)] {
        let length = Int.random(in: 0...longest, using: &generator)
        lengths[field] = length
        for position in 0..<length {
          let uniform = Double.random(in: 0..<1, using: &generator)
          let word = Int(uniform * uniform * Double(words))
          occurrences.append(.init(Term(field: field, "w\(word)"), at: UInt32(position * 2)))
        }
      }
      var document = NaiveIndex.Document(id: "d\(number)", occurrences: occurrences, lengths: lengths)
      if Bool.random(using: &generator) { document.columns[3] = Double.random(in: -3...100, using: &generator) }
      document.isDeleted = number > 0 && Int.random(in: 0..<10, using: &generator) == 0
      documents.append(document)
    }
    naive = NaiveIndex(documents, bm25: BM25(k1: 0.9, b: 0.6))
  }

  private mutating func term(_ field: FieldNumber) -> Term {
    Term(field: field, "w\(Int.random(in: 0...words, using: &generator))")
  }

  private mutating func combined() -> Query {
    let word = term(1)
    return .combined(
      CombinedQuery([
        .init(word), .init(Term(field: 2, bytes: word.bytes), weight: Float.random(in: 0...3, using: &generator)),
        .init(term(1), weight: Float.random(in: -1...1, using: &generator)),
      ]))
  }

  private mutating func pair() -> Query {
    let field = FieldNumber.random(in: 1...2, using: &generator)
    return .phrase(
      PhraseQuery([.init(term(field), at: 0), .init(term(field), at: 2 * UInt32.random(in: 1...2, using: &generator))]))
  }

  private mutating func boosts() -> [ColumnBoost] {
    (0...Int.random(in: 0...2, using: &generator)).map { _ in
      let functions: [ColumnBoost.Function] = [
        .decay(origin: 20, halfDistance: 10), .saturation(pivot: 5), .inverse(pivot: 30),
      ]
      let function = functions[Int.random(in: 0..<functions.count, using: &generator)]
      return ColumnBoost(field: 3, function, weight: Float.random(in: 0...2, using: &generator))
    }
  }

  mutating func query() -> Query {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return combined()
    case 1: return pair()
    case 2: return .columnBoost(ColumnBoostQuery(combined(), boosts()))
    case 3: return .boost(.columnBoost(ColumnBoostQuery(.term(term(1)), boosts())), 0.5)
    case 4: return .boolean(BooleanQuery(must: [pair(), combined()], should: [combined()]))
    default:
      // The shape of the default ranking: any of the terms, with pairs and other fields on top.
      let disjunction = Query.boolean(BooleanQuery(should: [.term(term(1)), .term(term(1)), .term(term(1))]))
      return .boolean(
        BooleanQuery(
          must: [disjunction], should: [.boost(pair(), 0.2), .boost(.term(term(2)), 0.2), .boost(pair(), 0.3)]))
    }
  }
}

@Suite struct ScoringOperatorTests {
  static let seeds: Range<UInt64> = 0..<(testFlag("LOQUAT_TORTURE") ? 3_000 : 60)

  @Test(arguments: seeds)
  func operatorsThatRankScoreAsTheSlowWayDoes(seed: UInt64) throws {
    var corpus = RankedCorpus(seed: seed)
    let directory = MemoryDirectory()
    let count = corpus.naive.documents.count
    try corpus.naive.write(to: directory, schema: RankedCorpus.schema, segments: [count - count / 2, count / 2])
    let reader = try IndexReader.open(directory)
    // A segment without a live document is dropped at once; its documents no longer count.
    guard reader.segmentCount == (count > 1 ? 2 : 1) else { return }
    let searcher = Searcher(reader, bm25: corpus.naive.bm25)
    let ids = reader.makeDocumentReader()
    for round in 0..<60 {
      let query = corpus.query()
      let comment: Comment = "seed \(seed), round \(round), \(query)"
      let expected = corpus.naive.search(query)
      #expect(try searcher.count(query) == expected.count, comment)
      let wanted = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.score) })
      for (limit, counts) in [(3, false), (10, true), (1_000, false)] {
        let found = try searcher.search(query, SearchOptions(limit: limit, countsTotal: counts))
        #expect(found.hits.count == min(limit, expected.count), comment)
        for (hit, best) in zip(found.hits, expected) {
          let score = try #require(wanted[ids.id(of: hit.address)], comment)
          #expect(abs(Double(hit.score) - score) <= 1e-5 * max(1, score), comment)
          #expect(abs(Double(hit.score) - best.score) <= 1e-5 * max(1, best.score), comment)
        }
      }
      guard let first = try searcher.search(query).hits.first else { continue }
      let explanation = try #require(try searcher.explain(query, first.address), comment)
      #expect(abs(explanation.value - first.score) <= 1e-5 * max(1, first.score), comment)
      check(explanation, comment)
    }
  }

  /// Sums are the sums of their parts.
  private func check(_ explanation: Explanation, _ comment: Comment) {
    if explanation.description == "sum of" {
      let sum = explanation.details.reduce(0) { $0 + $1.value }
      #expect(abs(sum - explanation.value) <= 1e-4 * max(1, explanation.value), comment)
    }
    for detail in explanation.details { check(detail, comment) }
  }

  @Test func occurrencesInSeveralFieldsSaturateTogether() throws {
    // Two documents with the word twice: twice in the text, or once in text and title with weight 1 and fields of equal
    // relative length. BM25F does not tell them apart; separate scores would.
    func document(_ id: String, _ text: Int, _ title: Int) -> NaiveIndex.Document {
      let occurrences =
        (0..<text).map { NaiveIndex.Occurrence(Term(field: 1, "w"), at: UInt32($0)) }
        + (0..<title).map { NaiveIndex.Occurrence(Term(field: 2, "w"), at: UInt32($0)) }
      return .init(id: id, occurrences: occurrences, lengths: [1: 10, 2: 10])
    }
    let naive = NaiveIndex([document("text", 2, 0), document("both", 1, 1)])
    let directory = MemoryDirectory()
    try naive.write(to: directory, schema: RankedCorpus.schema, segments: [2])
    let searcher = Searcher(try IndexReader.open(directory))
    let query = Query.combined(CombinedQuery([.init(Term(field: 1, "w")), .init(Term(field: 2, "w"))]))
    let scores = try searcher.search(query).hits.map(\.score)
    #expect(scores.count == 2 && abs(scores[0] - scores[1]) < 1e-6)
  }

  @Test func functionsOfColumnsStayBetweenZeroAndOne() {
    let values: [Double] = [
      -.infinity, -1e300, -1, -0.0, 0, 1e-300, 0.5, 1, 7, 1e300, .infinity, .nan, Double(Int64.max),
    ]
    for function: ColumnBoost.Function in [
      .decay(origin: 5, halfDistance: 2), .decay(origin: 5, halfDistance: 0),
      .decay(origin: .infinity, halfDistance: 1),
      .saturation(pivot: 3), .saturation(pivot: 0), .saturation(pivot: -1), .inverse(pivot: 3), .inverse(pivot: 0),
    ] {
      for value in values {
        let result = ColumnBoost(field: 1, function, weight: 1).value(value)
        #expect((0...1).contains(result), "\(function) of \(value) is \(result)")
      }
    }
    #expect(ColumnBoost(field: 1, .decay(origin: 10, halfDistance: 2), weight: 1).value(8) == 0.5)
    #expect(ColumnBoost(field: 1, .saturation(pivot: 4), weight: 1).value(4) == 0.5)
    #expect(ColumnBoost(field: 1, .inverse(pivot: 4), weight: 1).value(4) == 0.5)
  }
}
