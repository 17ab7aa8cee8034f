// Phrases of terms that keep no positions and stand where their parts do.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct PhrasePartsTests {
  /// Characters in space 0, with positions; pairs of neighbours in space 1, without.
  private let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: 0b01)])

  private func character(_ number: Int) -> Term { Term(field: 1, space: 0, "c\(number)") }

  private func pair(_ first: Int, _ second: Int) -> Term { Term(field: 1, space: 1, "c\(first)c\(second)") }

  private func slot(_ first: Int, _ second: Int, at position: Int) -> PhraseQuery.Slot {
    PhraseQuery.Slot(
      pair(first, second), at: UInt32(position),
      parts: [.init(character(first), at: 0), .init(character(second), at: 1)])
  }

  /// `runs` hold characters; a pair never reaches over the end of a run, positions go on.
  private func document(_ id: String, runs: [[Int]]) -> NaiveIndex.Document {
    var occurrences: [NaiveIndex.Occurrence] = []
    var position: UInt32 = 0
    for run in runs {
      for (place, number) in run.enumerated() {
        occurrences.append(.init(character(number), at: position))
        if place + 1 < run.count { occurrences.append(.init(pair(number, run[place + 1]), at: position)) }
        position += 1
      }
    }
    return NaiveIndex.Document(id: id, occurrences: occurrences, lengths: [1: Int(position)])
  }

  private func searcher(_ naive: NaiveIndex, segments: [Int]) throws -> Searcher {
    let directory = MemoryDirectory()
    try naive.write(to: directory, schema: schema, segments: segments)
    return Searcher(try IndexReader.open(directory), bm25: naive.bm25)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func areFoundAndScoredAsWithPositionsOfTheirOwn(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Int.random(in: 1...6, using: &generator)
    let count = [3, 130, 400].randomElement(using: &generator) ?? 3
    let documents = (0..<count).map { number in
      document(
        "d\(number)",
        runs: [
          (0..<Int.random(in: 1...14, using: &generator)).map { _ in Int.random(in: 0..<alphabet, using: &generator) }
        ])
    }
    let naive = NaiveIndex(documents)
    let searcher = try searcher(naive, segments: count > 3 ? [count / 3, count - count / 3] : [count])
    for round in 0..<60 {
      let characters = (0..<Int.random(in: 3...6, using: &generator)).map { _ in
        Int.random(in: 0..<alphabet, using: &generator)
      }
      var starts = Array(stride(from: 0, to: characters.count - 1, by: 2))
      if characters.count % 2 == 1 { starts.append(characters.count - 2) }
      if Bool.random(using: &generator) { starts.shuffle(using: &generator) }
      let slots = starts.map { slot(characters[$0], characters[$0 + 1], at: $0) }
      let phrase = Query.phrase(PhraseQuery(slots, slop: [0, 0, 1, 3].randomElement(using: &generator) ?? 0))
      let other = Query.term(character(0))
      let queries: [Query] = [
        phrase, .constant(phrase, 2), .boolean(BooleanQuery(must: [phrase], should: [other])),
        .boolean(BooleanQuery(must: [other], should: [phrase])), .boolean(BooleanQuery(should: [phrase, other])),
        .boolean(BooleanQuery(must: [other], mustNot: [phrase])),
        .boolean(BooleanQuery(must: [other], filter: [phrase])),
        .boolean(BooleanQuery(should: [phrase, other, .phrase(PhraseQuery([slot(0, 0, at: 0), slot(0, 0, at: 1)]))])),
      ]
      for query in queries {
        let comment: Comment = "seed \(seed), round \(round), \(query)"
        let expected = naive.search(query)
        try #require(try searcher.count(query) == expected.count, comment)
        for limit in [3, 1_000] {
          let found = try searcher.search(query, SearchOptions(limit: limit))
          try #require(found.hits.count == min(limit, expected.count), comment)
          for (hit, want) in zip(found.hits, expected) {
            try #require(abs(Double(hit.score) - want.score) <= 1e-5 * max(1, abs(want.score)), comment)
          }
          let complete = try searcher.search(query, SearchOptions(limit: limit, countsTotal: true))
          try #require(found.hits == complete.hits, comment)
        }
      }
    }
  }

  /// Else a document could score above the bounds that its terms give.
  @Test func countNoMoreOftenThanTheirTerms() throws {
    let phrase = Query.phrase(PhraseQuery([slot(0, 1, at: 0), slot(1, 2, at: 1)]))
    let once = document("a", runs: [[0, 1, 2], [5], [5], [5]])
    // Its characters follow each other a second time, across the ends of runs.
    let crossing = document("b", runs: [[0, 1, 2], [0], [1], [2]])
    let searcher = try searcher(NaiveIndex([once, crossing]), segments: [2])
    for query in [
      phrase, .boolean(BooleanQuery(must: [.all], should: [phrase])),
      .boolean(BooleanQuery(should: [phrase, .term(character(9))])),
    ] {
      let hits = try searcher.search(query, SearchOptions(limit: 10)).hits
      try #require(hits.count == 2)
      #expect(hits[0].score == hits[1].score)
    }
  }

  @Test func partsNeedPositionsAndTheFieldOfTheirTerm() throws {
    let searcher = try searcher(NaiveIndex([document("a", runs: [[0, 1, 2]])]), segments: [1])
    let without = PhraseQuery.Slot(pair(0, 1), at: 0, parts: [.init(pair(0, 1), at: 0)])
    let elsewhere = PhraseQuery.Slot(pair(0, 1), at: 0, parts: [.init(Term(field: 2, "c0"), at: 0)])
    let tooFar = PhraseQuery.Slot(pair(1, 2), at: 5, parts: [.init(character(1), at: .max)])
    for slot in [without, elsewhere, tooFar] {
      let error = #expect(throws: IndexError.self) {
        try searcher.count(.phrase(PhraseQuery([self.slot(0, 1, at: 0), slot])))
      }
      #expect(error?.code == .invalidArgument)
    }
  }
}
