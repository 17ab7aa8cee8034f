// One search on several threads finds what one thread finds.

import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct ParallelSearchTests {
  @Test(arguments: 0..<(testFlag("LOQUAT_TORTURE") ? 1_000 : 40) as Range<UInt64>)
  func theSameDocumentsScoresAndCounts(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 5_000 + seed)
    let directory = MemoryDirectory()
    try corpus.naive.write(to: directory, schema: corpus.schema, segments: corpus.segments)
    let searcher = Searcher(try IndexReader.open(directory), bm25: corpus.naive.bm25)
    var parallel = 0
    for round in 0..<60 {
      let query = corpus.query()
      let plan = try QueryPlanner(searcher).plan(query)
      for threads in [2, 3] {
        // Pieces as short as can be, and as long as they are otherwise.
        for unit in [64, 128, EvaluationScratch.windowSize] {
          guard let search = ParallelSearch(searcher, plan, threads: threads, unit: unit) else { continue }
          parallel += 1
          for limit in [1, 3, 10, 1_000] {
            let comment: Comment = "seed \(seed), round \(round), \(threads) threads, \(unit), \(limit), \(query)"
            let expected = try searcher.search(query, SearchOptions(limit: limit, countsTotal: true))
            let found = try search.run(capacity: limit, counts: true, nil)
            try #require(found.hits == expected.hits, comment)
            try #require(found.total == expected.total, comment)
            try #require(try search.run(capacity: limit, counts: false, nil).hits == expected.hits, comment)
          }
        }
      }
    }
    #expect(parallel > 0 || corpus.naive.documents.count <= 64)
  }

  /// Sets of bits that reach beyond the end of a piece are marked whole; the next search finds no marks of theirs.
  @Test func aPieceLeavesNoMarksBehindItsEnd() throws {
    let directory = MemoryDirectory()
    try SmallIndex.writeLongList(to: directory)
    let searcher = Searcher(try IndexReader.open(directory))
    let words = ["word0", "word1"].map { Query.term(Term(field: 1, $0)) }
    let plan = try QueryPlanner(searcher).plan(.boolean(BooleanQuery(should: words)))
    let scratch = EvaluationScratch()
    for end in stride(from: DocID(64), to: 4_300, by: 64) {
      var collector = TopDocumentsCollector(capacity: 3)
      let total = try SegmentEvaluation(searcher, 0, scratch, nil, range: 0..<end).collect(
        plan, into: &collector, counts: true)
      try #require(total == Int(end))
      let words = EvaluationScratch.windowSize / 64 + EvaluationScratch.markSlack
      try #require((0..<words).allSatisfy { scratch.marks[$0] == 0 }, "\(end)")
    }
  }

  @Test func offsetsAndTheEndOfSearches() throws {
    var corpus = RandomCorpus(seed: 3)
    while corpus.segments.count < 3 { corpus = RandomCorpus(seed: corpus.generator.next()) }
    let directory = MemoryDirectory()
    try corpus.naive.write(to: directory, schema: corpus.schema, segments: corpus.segments)
    let searcher = Searcher(try IndexReader.open(directory), bm25: corpus.naive.bm25)
    let query = Query.boolean(BooleanQuery(should: [.term(corpus.term()), .all]))
    var options = SearchOptions(limit: 7, offset: 5, countsTotal: true)
    let expected = try searcher.search(query, options)
    options.threads = 4
    #expect(try searcher.search(query, options) == expected)
    options.control = SearchControl()
    options.control?.cancel()
    let error = #expect(throws: IndexError.self) { try searcher.search(query, options) }
    #expect(error?.code == .cancelled)
  }

  /// Damage that a thread meets is the search's error.
  @Test func damageIsAnError() throws {
    let directory = MemoryDirectory()
    try SmallIndex.write(to: directory)
    var files = try IndexFiles(of: directory)
    let name = try #require(files.names.first { $0.hasSuffix(".postings") })
    var bytes = try #require(files.files[name])
    bytes[80] ^= 0xFF
    files.replace(name, by: bytes)
    let searcher = Searcher(try IndexReader.open(files.directory()))
    var options = SearchOptions(limit: 1_000, countsTotal: true)
    options.threads = 3
    let words = ["everywhere", "half", "clustered", "word1"].map { Query.term(Term(field: 1, $0)) }
    let error = #expect(throws: IndexError.self) {
      try searcher.search(.boolean(BooleanQuery(should: words)), options)
    }
    #expect(error?.code == .corrupt && error?.file == name)
  }
}
