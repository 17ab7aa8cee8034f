// Searches that end before they are through.

import Dispatch
import InvertedIndex
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct SearchControlTests {
  private static let schema = Schema(fields: [
    FieldSchema(name: "text", spacesWithPositions: 1), FieldSchema(name: "number", type: .real),
  ])

  /// Documents that all have all of the words, so that no evaluation can leave any out.
  private func index(documents: Int, words: Int) throws -> Searcher {
    let directory = MemoryDirectory()
    let writer = try IndexWriter(
      directory: directory, schema: Self.schema, configuration: IndexWriterConfiguration())
    let target = writer.makeDocumentWriter()
    for number in 0..<documents {
      let occurrences = (0..<words).map { NaiveIndex.Occurrence(Term(field: 1, "word\($0)"), at: UInt32($0)) }
      var document = NaiveIndex.Document(id: "d\(number)", occurrences: occurrences, lengths: [1: words])
      document.columns[2] = Double(number % 7)
      try document.add(to: target, sequence: UInt64(number + 1))
    }
    try target.finish()
    try writer.commit()
    writer.close()
    return Searcher(try IndexReader.open(directory))
  }

  /// Every way of evaluating, as one that would visit all documents.
  private var queries: [(name: String, query: Query, sort: [SortKey])] {
    let terms = (0..<12).map { Query.term(Term(field: 1, "word\($0)")) }
    let phrase = Query.phrase(
      PhraseQuery((0..<3).map { PhraseQuery.Slot(Term(field: 1, "word\($0)"), at: UInt32($0)) }))
    let any = Query.boolean(BooleanQuery(should: terms))
    return [
      ("term", terms[0], []), ("union", any, []), ("intersection", .boolean(BooleanQuery(must: terms)), []),
      ("phrase", phrase, []), ("prefix", .selection(TermSelection(field: 1, space: 0, pattern: .prefix([]))), []),
      ("range", .columnRange(ColumnRange(field: 2, bounds: .reals(0...3))), []),
      ("general", .boolean(BooleanQuery(should: terms, minimumShouldMatch: 2)), []), ("all", .all, []),
      ("sorted", any, [SortKey(.column(2))]),
    ]
  }

  private func search(_ searcher: Searcher, _ query: Query, _ sort: [SortKey], _ control: SearchControl?) throws
    -> TopDocuments
  {
    var options = SearchOptions(limit: 10, countsTotal: true)
    options.control = control
    return try sort.isEmpty
      ? searcher.search(query, options) : searcher.search(query, sortedBy: sort, options)
  }

  @Test func whatIsOverBeforeItBeginsFindsNothing() throws {
    let searcher = try index(documents: 300, words: 12)
    for (name, query, sort) in queries {
      let cancelled = SearchControl()
      cancelled.cancel()
      for (control, code) in [
        (cancelled, IndexError.Code.cancelled), (SearchControl(timeout: .zero), .deadlineExceeded),
      ] {
        let error = #expect(throws: IndexError.self, "\(name)") { try search(searcher, query, sort, control) }
        #expect(error?.code == code, "\(name)")
      }
      let free = try search(searcher, query, sort, nil)
      #expect(try search(searcher, query, sort, SearchControl(timeout: .seconds(600))) == free, "\(name)")
    }
  }

  @Test func everyEvaluationEndsSoonAfterItIsCancelled() throws {
    let searcher = try index(documents: 60_000, words: 12)
    for (name, query, sort) in queries {
      let control = SearchControl()
      let cancelledAt = Mutex<ContinuousClock.Instant?>(nil)
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(5)) {
        cancelledAt.withLock { $0 = .now }
        control.cancel()
      }
      var stopped: IndexError?
      // Again and again, so that there is always something to cancel.
      while stopped == nil {
        do {
          _ = try search(searcher, query, sort, control)
        } catch {
          stopped = error as? IndexError ?? IndexError(.io, "\(error)")
        }
      }
      let end = ContinuousClock.now
      let start = cancelledAt.withLock { $0 }
      let time = try #require(start).duration(to: end)
      #expect(stopped?.code == .cancelled, "\(name)")
      // Ten milliseconds, and what a busy machine adds.
      #expect(time < .milliseconds(300), "\(name): \(time)")
    }
  }
}
