// Reordering changes the numbers of documents and nothing else.

import Glibc
import Storage
import Synchronization
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct ReorderingTests {
  /// Settings that make much of little: every term takes part, leaves are small.
  private static func options(memory: Int = 64 << 20, threads: Int = 1) -> ReorderingOptions {
    var options = ReorderingOptions()
    options.threads = threads
    options.memoryBudgetInBytes = memory
    options.minimumDocumentFrequency = 2
    options.maximumDocumentShare = 1
    options.leafSize = 2
    return options
  }

  private static var configuration: IndexWriterConfiguration {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = 1_000_000
    configuration.mergePolicy.rewritesDeleted = false
    return configuration
  }

  private func writer(_ directory: any Directory, _ schema: Schema) throws -> IndexWriter {
    try IndexWriter(directory: directory, schema: schema, configuration: Self.configuration)
  }

  static let seeds: Range<UInt64> = 0..<(testFlag("LOQUAT_TORTURE") ? 1_000 : 40)

  @Test(arguments: seeds)
  func answersAreThoseOfAMerge(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 2_000 + seed)
    // With little memory, few terms take part, and lists and records are put into their order part by part.
    let options = Self.options(memory: [64 << 20, 4_096, 1][Int(seed % 3)])
    let merged = MemoryDirectory()
    let reordered = MemoryDirectory()
    for directory in [merged, reordered] {
      try corpus.naive.write(to: directory, schema: corpus.schema, segments: corpus.segments)
    }
    let merging = try writer(merged, corpus.schema)
    try merging.merge(maximumSegments: 1)
    merging.close()
    let reordering = try writer(reordered, corpus.schema)
    try reordering.reorder(maximumSegments: 1, options: options)
    reordering.close()

    let before = try IndexReader.open(merged)
    let after = try IndexReader.open(reordered)
    #expect(after.segmentCount == 1 && after.deletedCount == 0)
    #expect(try IndexChecker(after).check() == IndexChecker(before).check(), "seed \(seed)")
    #expect(try IndexContents.lines(after) == IndexContents.lines(before), "seed \(seed)")
    #expect(after.segments[0].info.fieldStatistics == before.segments[0].info.fieldStatistics)
    for round in 0..<30 {
      let query = corpus.query()
      let comment: Comment = "seed \(seed), round \(round), \(query)"
      let wanted = try scores(query, before)
      let found = try scores(query, after)
      #expect(Set(found.keys) == Set(wanted.keys), comment)
      for (id, score) in found { #expect(abs(score - (wanted[id] ?? 0)) <= 1e-5 * max(1, abs(score)), comment) }
    }
  }

  private func scores(_ query: Query, _ reader: IndexReader) throws -> [String: Float] {
    let ids = reader.makeDocumentReader()
    let found = try Searcher(reader).search(query, SearchOptions(limit: 100_000, countsTotal: true))
    return Dictionary(uniqueKeysWithValues: try found.hits.map { (try ids.id(of: $0.address), $0.score) })
  }

  @Test(arguments: [1, 2, 3])
  func columnsRecordsAndPositionsFollowTheirDocuments(segments: Int) throws {
    let directory = MemoryDirectory()
    try SmallIndex.write(to: directory)
    let before = try IndexReader.open(directory)
    let contents = try IndexContents.lines(before)
    let writer = try writer(directory, SmallIndex.schema)
    try writer.reorder(maximumSegments: segments, options: Self.options())
    let after = writer.reader()
    writer.close()
    #expect(after.segmentCount == segments)
    #expect(after.deletedCount == 0)
    _ = try IndexChecker(after).check()
    #expect(try IndexContents.lines(after) == contents)
    #expect(try IndexContents.order(after) != IndexContents.order(before))
  }

  @Test func theOrderIsTheSameWithAnyNumberOfThreads() throws {
    var orders: Set<[String]> = []
    for threads in [1, 2, 5] {
      let directory = MemoryDirectory()
      try SmallIndex.write(to: directory)
      let writer = try writer(directory, SmallIndex.schema)
      try writer.reorder(maximumSegments: 1, options: Self.options(threads: threads))
      orders.insert(try IndexContents.order(writer.reader()))
      writer.close()
    }
    #expect(orders.count == 1)
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 129])
  func indexesOfAnySizeAreReordered(documents: Int) throws {
    let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: 1)])
    for terms in [0, 1, 3] {
      let all = (0..<documents).map { number in
        NaiveIndex.Document(
          id: "d\(number)",
          occurrences: (0..<terms).map { .init(Term(field: 1, "t\($0)"), at: UInt32($0)) }, lengths: [1: terms])
      }
      for options in [ReorderingOptions(), Self.options(), Self.options(memory: 0)] {
        let directory = MemoryDirectory()
        try NaiveIndex(all).write(to: directory, schema: schema, segments: documents > 0 ? [documents] : [])
        let writer = try writer(directory, schema)
        try writer.commit()
        try writer.reorder(maximumSegments: 1, options: options)
        let reader = writer.reader()
        writer.close()
        _ = try IndexChecker(reader).check()
        #expect(try IndexContents.order(reader).sorted() == all.map(\.id).sorted())
      }
    }
  }

  @Test func anIndexWhoseDocumentsAreAllDeletedHasNoSegmentAfterwards() throws {
    let directory = MemoryDirectory()
    try SmallIndex.write(to: directory)
    let writer = try writer(directory, SmallIndex.schema)
    for id in try IndexContents.order(writer.reader()) { writer.delete(id: Array(id.utf8), sequence: .max) }
    try writer.commit()
    try writer.reorder(maximumSegments: 1)
    #expect(writer.reader().segmentCount == 0)
    writer.close()
  }

  /// Topics with words of their own, shuffled: what a crawl of many sites looks like.
  @Test func shuffledTopicsHaveShorterGapsAfterwards() throws {
    var generator = SeededGenerator(seed: 3)
    let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: 0)])
    let documents = (0..<6_000).map { number in
      let topic = Int.random(in: 0..<40, using: &generator)
      let words = (0..<40).map { place in
        place % 4 == 0
          ? "common\(Int.random(in: 0..<200, using: &generator))"
          : "topic\(topic)word\(Int.random(in: 0..<120, using: &generator))"
      }
      return NaiveIndex.Document(
        id: "d\(number)",
        occurrences: words.enumerated().map { .init(Term(field: 1, $1), at: UInt32($0)) }, lengths: [1: 40])
    }
    let directory = MemoryDirectory()
    try NaiveIndex(documents).write(to: directory, schema: schema, segments: [6_000])
    let writer = try writer(directory, schema)
    let before = try bitsOfGaps(writer.reader())
    try writer.reorder(maximumSegments: 1)
    let after = try bitsOfGaps(writer.reader())
    writer.close()
    #expect(after < 0.7 * before, "\(before) bits before, \(after) after")
  }

  /// What the gaps of all posting lists take at least, whatever the format: the sum of their logarithms.
  private func bitsOfGaps(_ reader: IndexReader) throws -> Double {
    var bits = 0.0
    for segment in reader.segments {
      for space in segment.terms.spaces where space.statistics.field != Schema.idField {
        var terms = try segment.terms.cursor(space)
        while try terms.next() {
          let context = ReadingContext()
          var cursor = try segment.postingsCursor(
            terms.info, hasPositions: space.statistics.hasPositions, context: context)
          var previous = -1
          while cursor.next() != .end {
            bits += log2(Double(Int(cursor.document) - previous))
            previous = Int(cursor.document)
          }
          try context.check()
        }
      }
    }
    return bits
  }

  @Test func aCancelledReorderingLeavesTheIndexAsItWas() throws {
    let directory = MemoryDirectory()
    try SmallIndex.write(to: directory)
    let files = try directory.list().filter { $0 != IndexWriter.lockName }.sorted()
    let generation = try IndexReader.open(directory).generation
    let asked = Atomic(0)
    let limit = Atomic(Int.max)
    var configuration = Self.configuration
    configuration.control = OperationControl(shouldContinue: {
      asked.add(1, ordering: .relaxed).newValue <= limit.load(ordering: .relaxed)
    })
    do {
      let copy = MemoryDirectory()
      try SmallIndex.write(to: copy)
      let writer = try IndexWriter(directory: copy, schema: SmallIndex.schema, configuration: configuration)
      try writer.reorder(maximumSegments: 1, options: Self.options())
      writer.close()
    }
    let total = asked.load(ordering: .relaxed)
    #expect(total > 10)
    let writer = try IndexWriter(directory: directory, schema: SmallIndex.schema, configuration: configuration)
    for allowed in stride(from: 0, to: total, by: max(1, total / 40)) {
      asked.store(0, ordering: .relaxed)
      limit.store(allowed, ordering: .relaxed)
      let error = #expect(throws: IndexError.self, "after \(allowed)") {
        try writer.reorder(maximumSegments: 1, options: Self.options())
      }
      #expect(error?.code == .cancelled)
      #expect(try directory.list().filter { $0 != IndexWriter.lockName }.sorted() == files)
    }
    // The writer goes on.
    limit.store(.max, ordering: .relaxed)
    #expect(writer.reader().generation == generation)
    try writer.reorder(maximumSegments: 1, options: Self.options())
    #expect(writer.reader().segmentCount == 1)
    writer.close()
  }

  @Test func afterAStopWhileReorderingTheIndexIsAsBeforeOrAfter() throws {
    let memory = MemoryDirectory()
    try SmallIndex.write(to: memory)
    let contents = try IndexContents.lines(IndexReader.open(memory))
    let directory = try FaultInjectingDirectory(wrapping: memory)
    let writer = try writer(directory, SmallIndex.schema)
    let before = writer.reader().generation
    try writer.reorder(maximumSegments: 1, options: Self.options())
    let after = writer.reader().generation
    writer.close()
    var generations: Set<Int> = []
    try directory.forEachCrashPoint { k, model in
      guard k % (testFlag("LOQUAT_TORTURE") ? 1 : 7) == 0 || k == directory.operationCount else { return }
      for variant in CrashVariant.all(unsyncedNameChanges: model.unsyncedNameChanges) {
        let reader = try IndexReader.open(model.afterCrash(variant, seed: UInt64(k)))
        generations.insert(reader.generation)
        #expect(reader.generation == before || reader.generation == after, "operation \(k), \(variant)")
        _ = try IndexChecker(reader).check()
        #expect(try IndexContents.lines(reader) == contents, "operation \(k), \(variant)")
      }
    }
    #expect(generations == [before, after])
    #expect(directory.violations.isEmpty)
  }

  @Test func aFailureWhileReorderingIsATypedErrorAndLeavesTheLastCommit() throws {
    func run(_ directory: any Directory) throws {
      let writer = try writer(directory, SmallIndex.schema)
      defer { writer.close() }
      try writer.reorder(maximumSegments: 1, options: Self.options())
    }
    let sample = MemoryDirectory()
    try SmallIndex.write(to: sample)
    let contents = try IndexContents.lines(IndexReader.open(sample))
    let counting = try FaultInjectingDirectory(wrapping: sample)
    try run(counting)
    for k in stride(from: 0, to: counting.operationCount, by: testFlag("LOQUAT_TORTURE") ? 1 : 7) {
      let memory = MemoryDirectory()
      try SmallIndex.write(to: memory)
      let directory = try FaultInjectingDirectory(wrapping: memory)
      directory.fail(at: k, errno: 28, sticky: k % 2 == 0)
      do { try run(directory) } catch { #expect(error is IndexError, "operation \(k)") }
      let reader = try IndexReader.open(memory)
      _ = try IndexChecker(reader).check()
      #expect(try IndexContents.lines(reader) == contents, "operation \(k)")
    }
  }

  @Test(arguments: [0, 1, 10, 1_000_000])
  func rangesHoldWhatFits(limit: Int) {
    var generator = SeededGenerator(seed: UInt64(limit))
    let sums = (0..<57).map { _ in Int.random(in: 0..<20, using: &generator) }
    let ranges = PermutedPostings.ranges(of: sums, limit: limit, width: 10, count: 563)
    #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == 563)
    for (a, b) in zip(ranges, ranges.dropFirst()) { #expect(a.upperBound == b.lowerBound) }
    for range in ranges {
      let classes = Int(range.lowerBound) / 10..<(Int(range.upperBound) + 9) / 10
      let nonempty = classes.count { sums[$0] > 0 }
      #expect(nonempty <= 1 || classes.reduce(0) { $0 + sums[$1] } <= limit)
    }
  }
}
