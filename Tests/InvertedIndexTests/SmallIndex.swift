// A small index with every structure in it.

import InvertedIndex
import Storage
import TestSupport

/// Three segments with deletions, blocks of all kinds, positions, columns and stored fields.
enum SmallIndex {
  static let schema = Schema(fields: [
    FieldSchema(name: "text", spacesWithPositions: 0b01), FieldSchema(name: "views", type: .integer),
    FieldSchema(name: "price", type: .real),
  ])

  /// The documents of one segment; each commit of the workload adds one.
  static func documents(_ segment: Int) -> [NaiveIndex.Document] {
    var generator = SeededGenerator(seed: UInt64(segment))
    return (0..<[300, 140, 20][segment]).map { number in
      var occurrences: [NaiveIndex.Occurrence] = [.init(Term(field: 1, "everywhere"), at: 0)]
      for position in 1..<UInt32.random(in: 2...9, using: &generator) {
        let word = Int.random(in: 0..<40, using: &generator)
        occurrences.append(.init(Term(field: 1, space: word % 5 == 0 ? 1 : 0, "word\(word)"), at: position))
      }
      return .init(id: "s\(segment)d\(number)", occurrences: occurrences, lengths: [1: occurrences.count])
    }
  }

  /// One commit: the documents of a segment, and the deletion of some of the one before.
  static func commit(_ segment: Int, with writer: IndexWriter) throws {
    let target = writer.makeDocumentWriter()
    for (number, document) in documents(segment).enumerated() {
      try Array(document.id.utf8).withUnsafeBufferPointer {
        try target.begin(id: $0, sequence: UInt64(segment * 1_000 + number))
      }
      for space in [TermSpace(0), 1] {
        target.beginTerms(field: 1, space: space)
        for occurrence in document.occurrences where occurrence.term.space == space {
          occurrence.term.bytes.withUnsafeBufferPointer { target.add($0, position: occurrence.position) }
        }
      }
      target.addLength(document.occurrences.count, field: 1)
      target.setColumn(Int64(number) * 1_000, field: 2)
      if number % 3 == 0 { target.setColumn(Double(number) / 7, field: 3) }
      Array("stored text of \(document.id)".utf8).withUnsafeBufferPointer { target.store($0, field: 1) }
      try target.finishDocument(sourceBytes: 10)
    }
    try target.finish()
    if segment > 0 {
      for number in 0..<5 {
        writer.delete(id: Array("s\(segment - 1)d\(number)".utf8), sequence: UInt64(segment * 1_000))
      }
    }
    try writer.commit()
  }

  static var configuration: IndexWriterConfiguration {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = 100
    return configuration
  }

  /// Writes all of it.
  static func write(to directory: any Directory) throws {
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: configuration)
    defer { writer.close() }
    for segment in 0..<3 { try commit(segment, with: writer) }
  }

  /// Queries that touch every structure.
  static let queries: [Query] = [
    .term(Term(field: 1, "everywhere")), .term(Term(field: 1, space: 1, "word5")),
    .boolean(BooleanQuery(should: [.term(Term(field: 1, "word1")), .term(Term(field: 1, "word2"))])),
    .boolean(BooleanQuery(must: [.term(Term(field: 1, "everywhere")), .term(Term(field: 1, "word3"))])),
    .phrase(PhraseQuery([.init(Term(field: 1, "everywhere"), at: 0), .init(Term(field: 1, "word7"), at: 1)])),
    .selection(TermSelection(field: 1, space: 0, pattern: .prefix(Array("word1".utf8)))),
    .columnRange(ColumnRange(field: 2, bounds: .integers(5_000...90_000))),
    .columnRange(ColumnRange(field: 3, bounds: .reals(1...9))), .all,
  ]

  /// Everything that can be read: the answers to all queries, with ids and stored fields.
  static func answers(_ directory: any Directory) throws(IndexError) -> [String] {
    let reader = try IndexReader.open(directory)
    let searcher = Searcher(reader)
    let documents = reader.makeDocumentReader()
    var answers: [String] = ["\(reader.documentCount)"]
    for query in queries {
      let found = try searcher.search(query, SearchOptions(limit: 20, countsTotal: true))
      var answer = "\(found.total ?? -1) \(try searcher.count(query))"
      for hit in found.hits {
        answer +=
          " \(try documents.id(of: hit.address)):\(hit.score):\(try documents.storedFields(of: hit.address).count)"
      }
      answers.append(answer)
    }
    return answers
  }

  /// The ids of the live documents, sorted.
  static func ids(_ reader: IndexReader) throws -> [String] {
    var ids: [String] = []
    try reader.forEachDocument { id, _ in ids.append(String(decoding: id, as: UTF8.self)) }
    return ids.sorted()
  }
}
