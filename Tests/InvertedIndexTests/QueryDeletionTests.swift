// Deletions by query, beside everything else that a writer does.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct QueryDeletionTests {
  private static let schema = Schema(fields: [
    FieldSchema(name: "text", spacesWithPositions: 0b01), FieldSchema(name: "number", type: .real),
  ])

  private func word(_ number: Int) -> Query { .term(Term(field: 1, "w\(number)")) }

  private func document(_ id: String, _ words: [Int]) -> NaiveIndex.Document {
    let occurrences = words.enumerated().map {
      NaiveIndex.Occurrence(Term(field: 1, "w\($0.element)"), at: UInt32($0.offset))
    }
    return .init(id: id, occurrences: occurrences, lengths: [1: words.count])
  }

  private func writer(_ directory: any Directory, segmentsPerTier: Int = 1_000) throws -> IndexWriter {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = segmentsPerTier
    configuration.mergePolicy.lowestTierInDocuments = 8
    return try IndexWriter(directory: directory, schema: Self.schema, configuration: configuration)
  }

  private func add(_ documents: [(NaiveIndex.Document, sequence: UInt64)], with writer: IndexWriter) throws {
    let target = writer.makeDocumentWriter()
    for (document, sequence) in documents { try document.add(to: target, sequence: sequence) }
    try target.finish()
  }

  private func ids(_ directory: any Directory) throws -> [String] {
    try SmallIndex.ids(try IndexReader.open(directory))
  }

  // MARK: One by one

  @Test func whatWasAddedBeforeIsDeletedCommittedOrNotAndWhatComesLaterStays() throws {
    let directory = MemoryDirectory()
    let writer = try writer(directory)
    defer { writer.close() }
    try add([(document("a", [1]), 1), (document("b", [2]), 2)], with: writer)
    try writer.commit()
    try add([(document("c", [1]), 3), (document("d", [1]), 5), (document("e", [2]), 6)], with: writer)
    try writer.delete(where: word(1), sequence: 4)
    #expect(try ids(directory) == ["a", "b"], "nothing is visible before the commit")
    #expect(writer.hasChanges)
    let summary = try writer.commit()
    #expect(try ids(directory) == ["b", "d", "e"])
    #expect(summary.added == 2 && summary.updated == 0 && summary.removed == 1, "\(summary)")
    #expect(!writer.hasChanges)
    // The query is done with: documents of later commits stay.
    try add([(document("f", [1]), 1)], with: writer)
    try writer.commit()
    #expect(try ids(directory) == ["b", "d", "e", "f"])
    _ = try IndexChecker(try IndexReader.open(directory)).check()
  }

  @Test func aReplacedDocumentDoesNotComeBackWhenItsSuccessorIsDeleted() throws {
    let directory = MemoryDirectory()
    let writer = try writer(directory)
    defer { writer.close() }
    try add([(document("a", [1]), 1), (document("b", [1]), 2), (document("c", [1]), 3)], with: writer)
    try writer.commit()
    // "a" no longer matches what deletes; "b" matches only now; "c" is added again after the deletion.
    try add([(document("a", [2]), 1), (document("b", [3]), 2), (document("c", [3]), 9)], with: writer)
    try writer.delete(where: word(1), sequence: 5)
    try writer.delete(where: word(3), sequence: 5)
    let summary = try writer.commit()
    #expect(try ids(directory) == ["a", "c"])
    #expect(summary.added == 0 && summary.updated == 2 && summary.removed == 1, "\(summary)")
  }

  @Test func queriesOfEveryKindDeleteWhatTheyFind() throws {
    let queries: [Query] = [
      word(1), .boolean(BooleanQuery(should: [word(1), word(2)])), .boolean(BooleanQuery(must: [word(0), word(3)])),
      .phrase(PhraseQuery([.init(Term(field: 1, "w0"), at: 0), .init(Term(field: 1, "w4"), at: 1)])),
      .boolean(BooleanQuery(must: [.all], mustNot: [word(5)])),
      .selection(TermSelection(field: 1, space: 0, pattern: .prefix(Array("w6".utf8)))),
      .columnRange(ColumnRange(field: 2, bounds: .reals(3...40))), .boost(word(7), 3), .constant(word(8), 0), .all,
      .none, .boolean(BooleanQuery(should: (0..<9).map(word), minimumShouldMatch: 3)),
      .boolean(BooleanQuery(must: [word(2)], should: [word(3)])),
    ]
    for query in queries {
      let directory = MemoryDirectory()
      let writer = try writer(directory)
      defer { writer.close() }
      for segment in 0..<3 {
        try add(
          (0..<50).map { number in
            let key = segment * 50 + number
            var document = document("d\(key)", [0, key % 9, key % 4, key % 7])
            document.columns[2] = Double(key)
            return (document, sequence: UInt64(key + 1))
          }, with: writer)
        if segment < 2 { try writer.commit() }
      }
      try writer.delete(where: query, sequence: 1_000)
      // What it would find if nothing were deleted, in an index of the same documents.
      let whole = MemoryDirectory()
      let other = try self.writer(whole)
      try add(
        (0..<150).map { key in
          var document = document("d\(key)", [0, key % 9, key % 4, key % 7])
          document.columns[2] = Double(key)
          return (document, sequence: UInt64(key + 1))
        }, with: other)
      try other.commit()
      other.close()
      let reader = try IndexReader.open(whole)
      let found = try Searcher(reader).search(query, SearchOptions(limit: 1_000, countsTotal: true))
      let documents = reader.makeDocumentReader()
      let deleted = Set(try found.hits.map { try documents.id(of: $0.address) })
      try writer.commit()
      #expect(try ids(directory) == (0..<150).map { "d\($0)" }.filter { !deleted.contains($0) }.sorted(), "\(query)")
      #expect(try Searcher(try IndexReader.open(directory)).count(query) == 0, "\(query)")
    }
  }

  @Test func aQueryThatCannotBeAskedIsRefusedAndTheRestIsCommitted() throws {
    let directory = MemoryDirectory()
    let writer = try writer(directory)
    try add([(document("a", [1]), 1)], with: writer)
    let phrase = Query.phrase(
      PhraseQuery([.init(Term(field: 2, "x"), at: 0), .init(Term(field: 2, "y"), at: 1)]))
    let error = #expect(throws: IndexError.self) { try writer.delete(where: phrase, sequence: 9) }
    #expect(error?.code == .invalidArgument)
    try writer.commit()
    #expect(try ids(directory) == ["a"])
    writer.close()
    let closed = #expect(throws: IndexError.self) { try writer.delete(where: word(1), sequence: 9) }
    #expect(closed?.code == .invalidArgument)
  }

  @Test func anIndexWrittenAnewLosesWhatTheQueryMatchesInIt() throws {
    let directory = MemoryDirectory()
    var writer = try writer(directory)
    try add([(document("old", [1]), 1)], with: writer)
    try writer.commit()
    writer.close()
    var configuration = IndexWriterConfiguration()
    configuration.rebuilds = true
    writer = try IndexWriter(directory: directory, schema: Self.schema, configuration: configuration)
    defer { writer.close() }
    try add([(document("new", [1]), 1), (document("kept", [2]), 2)], with: writer)
    try writer.delete(where: word(1), sequence: 5)
    let summary = try writer.commit()
    #expect(try ids(directory) == ["kept"])
    #expect(summary.added == 1 && summary.removed == 0)
  }

  // MARK: Against a model

  /// What the index must hold: a dictionary of the last documents, and what was committed of it.
  private struct Model {
    var current: [String: [Int]] = [:]
    var committed: [String: [Int]] = [:]
  }

  private enum Operation: CaseIterable {
    case add, update, deleteByID, deleteByQuery, commit, rollback, merge, reorder, reopen
  }

  /// Several document writers add side by side, so that segments and sequence numbers interleave.
  private func check(seed: UInt64, steps: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = MemoryDirectory()
    var writer = try writer(directory, segmentsPerTier: Int.random(in: 2...5, using: &generator))
    var targets = (0..<2).map { _ in writer.makeDocumentWriter() }
    var model = Model()
    var sequence: UInt64 = 0
    var history = ""

    func finish() throws { for target in targets { try target.finish() } }
    func reopen() throws {
      targets = []
      writer.close()
      writer = try self.writer(directory, segmentsPerTier: Int.random(in: 2...5, using: &generator))
      targets = (0..<2).map { _ in writer.makeDocumentWriter() }
    }
    func randomWords() -> [Int] { (0..<3).map { _ in Int.random(in: 0..<12, using: &generator) } }
    func expectCommitted() throws {
      let comment: Comment = "seed \(seed) after\(history)"
      let reader = try IndexReader.open(directory)
      #expect(try SmallIndex.ids(reader) == model.committed.keys.sorted(), comment)
      let searcher = Searcher(reader)
      for word in 0..<12 {
        let expected = model.committed.values.count { $0.contains(word) }
        #expect(try searcher.count(self.word(word)) == expected, comment)
      }
      _ = try IndexChecker(reader).check()
    }
    func commit() throws {
      try finish()
      let before = model.committed
      let summary = try writer.commit()
      model.committed = model.current
      #expect(summary.removed == before.keys.count { model.committed[$0] == nil }, "seed \(seed) after\(history)")
      #expect(
        model.committed.count == before.count + summary.added - summary.removed, "seed \(seed) after\(history)")
      try expectCommitted()
    }

    // Before the first commit there is nothing to go back to.
    try commit()
    for _ in 0..<steps {
      let pick = Int.random(in: 0..<100, using: &generator)
      let operation: Operation =
        switch pick {
        case ..<40: .add
        case ..<55: .update
        case ..<65: .deleteByID
        case ..<80: .deleteByQuery
        case ..<90: .commit
        case ..<93: .rollback
        case ..<96: .merge
        case ..<98: .reorder
        default: .reopen
        }
      history += " \(operation)"
      sequence += 1
      switch operation {
      case .add, .update:
        let known = model.current.keys.sorted().randomElement(using: &generator)
        let id = operation == .update ? known ?? "d0" : "d\(Int.random(in: 0..<60, using: &generator))"
        let words = randomWords()
        try document(id, words).add(
          to: targets[Int.random(in: 0..<targets.count, using: &generator)], sequence: sequence)
        model.current[id] = words
      case .deleteByID:
        let id = "d\(Int.random(in: 0..<60, using: &generator))"
        writer.delete(id: Array(id.utf8), sequence: sequence)
        model.current[id] = nil
      case .deleteByQuery:
        let (a, b) = (Int.random(in: 0..<12, using: &generator), Int.random(in: 0..<12, using: &generator))
        switch Int.random(in: 0..<3, using: &generator) {
        case 0:
          try writer.delete(where: word(a), sequence: sequence)
          model.current = model.current.filter { !$0.value.contains(a) }
        case 1:
          try writer.delete(where: .boolean(BooleanQuery(must: [word(a), word(b)])), sequence: sequence)
          model.current = model.current.filter { !($0.value.contains(a) && $0.value.contains(b)) }
        default:
          try writer.delete(where: .boolean(BooleanQuery(must: [word(a)], mustNot: [word(b)])), sequence: sequence)
          model.current = model.current.filter { !($0.value.contains(a) && !$0.value.contains(b)) }
        }
      case .commit: try commit()
      case .rollback:
        try reopen()
        model.current = model.committed
        try expectCommitted()
      case .merge:
        try commit()
        try writer.merge(maximumSegments: Int.random(in: 1...3, using: &generator))
        try expectCommitted()
      case .reorder:
        try commit()
        try writer.reorder(maximumSegments: 1)
        try expectCommitted()
      case .reopen:
        try commit()
        try reopen()
      }
    }
    try commit()
    targets = []
    writer.close()
  }

  @Test func randomSequencesLeaveWhatADictionaryHolds() throws {
    for seed in UInt64(1)...(testFlag("LOQUAT_TORTURE") ? 2_000 : 60) { try check(seed: seed, steps: 150) }
  }

  // MARK: Crashes

  @Test func afterAStopAtAnyOperationTheDeletionIsWholeOrNotThere() throws {
    let directory = try FaultInjectingDirectory(wrapping: MemoryDirectory())
    let writer = try writer(directory)
    try add((0..<40).map { (document("d\($0)", [$0 % 4]), UInt64($0 + 1)) }, with: writer)
    try writer.commit()
    let start = directory.operationCount
    try add((40..<50).map { (document("d\($0)", [$0 % 4]), UInt64($0 + 1)) }, with: writer)
    try writer.delete(where: word(1), sequence: 45)
    try writer.commit()
    writer.close()
    let before = (0..<40).map { "d\($0)" }.sorted()
    let after = (0..<50).filter { $0 % 4 != 1 || $0 > 44 }.map { "d\($0)" }.sorted()
    var seen: Set<[String]> = []
    try directory.forEachCrashPoint { k, model in
      guard k > start else { return }
      for variant in CrashVariant.all(unsyncedNameChanges: model.unsyncedNameChanges) {
        let reader = try IndexReader.open(model.afterCrash(variant, seed: UInt64(k)))
        let found = try SmallIndex.ids(reader)
        #expect(found == before || found == after, "operation \(k), \(variant)")
        seen.insert(found)
        _ = try IndexChecker(reader).check()
      }
    }
    #expect(seen == [before, after])
    #expect(directory.violations.isEmpty)
  }
}
