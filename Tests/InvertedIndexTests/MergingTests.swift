// Merging, of committed segments and of those of a commit to come.

import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct MergingTests {
  private let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: 0b1)])

  /// Documents of words of very different frequency, some of them long.
  private func documents(_ count: Int, seed: UInt64) -> [NaiveIndex.Document] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      let length = number % 50 == 0 ? 600 : Int.random(in: 1...12, using: &generator)
      var position: UInt32 = 0
      let occurrences = (0..<length).map { _ in
        defer { position += UInt32.random(in: 1...3, using: &generator) }
        let word = 1 << Int.random(in: 0...9, using: &generator)
        return NaiveIndex.Occurrence(
          Term(field: 1, "w\(Int.random(in: 0..<word, using: &generator))"), at: position)
      }
      return .init(id: "d\(number)", occurrences: occurrences, lengths: [1: length])
    }
  }

  private var queries: [Query] {
    (0..<24).map { .term(Term(field: 1, "w\($0)")) }
      + (0..<8).map {
        .phrase(PhraseQuery([.init(Term(field: 1, "w0"), at: 0), .init(Term(field: 1, "w\($0)"), at: 1)]))
      }
  }

  private func expectSameAnswers(
    _ directory: any Directory, _ naive: NaiveIndex, tolerance: Double = 1e-4
  ) throws {
    let reader = try IndexReader.open(directory)
    let searcher = Searcher(reader)
    let ids = reader.makeDocumentReader()
    for query in queries {
      let found = try searcher.search(query, SearchOptions(limit: 10_000, countsTotal: true)).hits
      let expected = naive.search(query)
      #expect(Set(try found.map { try ids.id(of: $0.address) }) == Set(expected.map(\.id)), "\(query)")
      #expect(found.count == expected.count, "\(query)")
      for (hit, wanted) in zip(found, expected) {
        #expect(abs(Double(hit.score) - wanted.score) <= tolerance * wanted.score, "\(query)")
      }
    }
    _ = try IndexChecker(reader).check()
  }

  @Test(arguments: UInt64(1)...3) func aMergedIndexAnswersAsItsSegmentsDid(seed: UInt64) throws {
    var naive = NaiveIndex(documents(900, seed: seed))
    let directory = MemoryDirectory()
    try naive.write(to: directory, schema: schema, segments: [300, 1, 257, 128, 214])
    try expectSameAnswers(directory, naive)
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: IndexWriterConfiguration())
    try writer.merge(maximumSegments: 1)
    try expectSameAnswers(directory, naive)
    // Deletions are dropped; documents keep their order.
    for number in stride(from: 0, to: 900, by: 3) {
      writer.delete(id: Array("d\(number)".utf8), sequence: 1 << 40)
      naive.documents[number].isDeleted = true
    }
    try writer.commit()
    try writer.merge(maximumSegments: 1)
    writer.close()
    // The exact lengths of the documents that are left are not known to a merge.
    let left = NaiveIndex(naive.documents.filter { !$0.isDeleted })
    try expectSameAnswers(directory, left, tolerance: 1e-2)
  }

  /// A budget of nothing makes a segment of every few documents.
  @Test func segmentsOfACommitToComeAreMergedAndTheLatestDocumentOfAnIDStays() throws {
    let directory = MemoryDirectory()
    var configuration = IndexWriterConfiguration()
    configuration.memoryBudgetInBytes = 0
    configuration.mergePolicy.segmentsPerTier = 4
    configuration.mergePolicy.lowestTierInDocuments = 16
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: configuration)
    let first = documents(1_000, seed: 4)
    let second = documents(1_000, seed: 5)
    let target = writer.makeDocumentWriter()
    // Every second document comes twice, the later one with the lower or the higher number.
    for (number, document) in first.enumerated() { try document.add(to: target, sequence: UInt64(2_000 + number)) }
    for number in stride(from: 0, to: 1_000, by: 2) {
      try second[number].add(to: target, sequence: UInt64(number % 4 == 0 ? 10_000 : 1_000) + UInt64(number))
    }
    try target.finish()
    let segments = try directory.list().count { $0.hasSuffix(".info") }
    #expect(segments < 16, "\(segments) segments of 94 flushes")
    let summary = try writer.commit()
    #expect(summary.added == 1_000)
    writer.close()
    let reader = try IndexReader.open(directory)
    #expect(reader.documentCount == 1_000)
    let kept = (0..<1_000).map { $0 % 4 == 0 ? second[$0] : first[$0] }
    let searcher = Searcher(reader)
    for query in queries {
      #expect(try searcher.count(query) == NaiveIndex(kept).search(query).count, "\(query)")
    }
    _ = try IndexChecker(reader).check()
  }

  @Test func operationNumbersAreWhatWasAppended() {
    var generator = SeededGenerator(seed: 6)
    var plain: [UInt64] = []
    var packed = OperationNumbers()
    var number: UInt64 = 0
    for _ in 0..<5_000 {
      number = Int.random(in: 0..<10, using: &generator) == 0 ? generator.next() : number &+ number % 3
      plain.append(number)
      packed.append(number)
    }
    #expect(plain.indices.allSatisfy { packed[$0] == plain[$0] })
    var twice = packed
    twice.append(contentsOf: packed)
    #expect(twice.count == 10_000 && twice[9_999] == plain[4_999] && twice[5_000] == plain[0])
    var steady = OperationNumbers()
    for number in UInt64(0)..<100_000 { steady.append(7 << 32 + 3 * number) }
    #expect(steady.memory < 1_000)
  }
}
