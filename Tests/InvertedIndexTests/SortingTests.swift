// Documents by columns and scores, against sorting all of them.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct SortingTests {
  private static let text: FieldNumber = 1
  private static let numbers: [FieldNumber] = [2, 3]

  /// Documents with many equal and missing numbers.
  private func corpus(_ generator: inout SeededGenerator) -> NaiveIndex {
    let documents = (0..<Int.random(in: 1...300, using: &generator)).map { number in
      let length = Int.random(in: 0...6, using: &generator)
      let occurrences = (0..<length).map { position in
        NaiveIndex.Occurrence(
          Term(field: Self.text, "w\(Int.random(in: 0...3, using: &generator))"), at: UInt32(position))
      }
      var document = NaiveIndex.Document(id: "d\(number)", occurrences: occurrences, lengths: [Self.text: length])
      for field in Self.numbers where Int.random(in: 0..<4, using: &generator) > 0 {
        document.columns[field] = Double(Int.random(in: -3...3, using: &generator)) / 2
      }
      document.isDeleted = number > 0 && Int.random(in: 0..<6, using: &generator) == 0
      return document
    }
    return NaiveIndex(documents, bm25: BM25())
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func sortedIsWhatSortingAllGives(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let naive = corpus(&generator)
    let schema = Schema(fields: [
      FieldSchema(name: "text"), FieldSchema(name: "a", type: .real), FieldSchema(name: "b", type: .real),
    ])
    let directory = MemoryDirectory()
    var segments: [Int] = []
    while segments.reduce(0, +) < naive.documents.count {
      segments.append(
        min(
          Int.random(in: 1...200, using: &generator), naive.documents.count - segments.reduce(0, +)))
    }
    try naive.write(to: directory, schema: schema, segments: segments)
    let reader = try IndexReader.open(directory)
    let searcher = Searcher(reader, bm25: naive.bm25)
    let ids = reader.makeDocumentReader()
    let byID = Dictionary(uniqueKeysWithValues: naive.documents.map { ($0.id, $0) })
    for round in 0..<20 {
      let query: Query =
        round % 3 == 0
        ? .all : .boolean(BooleanQuery(should: [.term(Term(field: 1, "w0")), .term(Term(field: 1, "w1"))]))
      let sources: [SortKey.Source] = [.column(2), .column(3), .score].shuffled(using: &generator)
      let keys = sources.prefix(Int.random(in: 1...3, using: &generator)).map {
        SortKey($0, isDescending: Bool.random(using: &generator))
      }
      let all = try searcher.search(query, SearchOptions(limit: 10_000)).hits
      let expected = try all.sorted { a, b in
        for key in keys {
          let (x, y): (Double?, Double?)
          switch key.source {
          case .score: (x, y) = (Double(a.score), Double(b.score))
          case .column(let field):
            x = try byID[ids.id(of: a.address)]?.columns[field]
            y = try byID[ids.id(of: b.address)]?.columns[field]
          }
          guard x != y else { continue }
          guard let x else { return false }
          guard let y else { return true }
          return key.isDescending ? x > y : x < y
        }
        return a.address < b.address
      }
      for (limit, offset) in [(1, 0), (10, 3), (10_000, 0)] {
        let found = try searcher.search(
          query, sortedBy: keys, SearchOptions(limit: limit, offset: offset, countsTotal: true))
        #expect(found.total == all.count)
        #expect(
          found.hits.map(\.address) == expected.dropFirst(offset).prefix(limit).map(\.address),
          "seed \(seed), round \(round), \(keys)")
        let scores = Dictionary(uniqueKeysWithValues: all.map { ($0.address, $0.score) })
        #expect(found.hits.allSatisfy { abs($0.score - (scores[$0.address] ?? -1)) <= 1e-5 })
      }
    }
  }

  @Test func textHasNoOrder() throws {
    let schema = Schema(fields: [FieldSchema(name: "text")])
    let directory = MemoryDirectory()
    let naive = NaiveIndex(
      [.init(id: "a", occurrences: [.init(Term(field: 1, "w"), at: 0)], lengths: [1: 1])], bm25: BM25())
    try naive.write(to: directory, schema: schema, segments: [1])
    let searcher = Searcher(try IndexReader.open(directory))
    #expect(throws: IndexError.self) { try searcher.search(.all, sortedBy: [SortKey(.column(1))]) }
    #expect(throws: IndexError.self) { try searcher.search(.all, sortedBy: [SortKey(.column(9))]) }
  }
}
