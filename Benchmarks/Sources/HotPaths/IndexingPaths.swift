// Tokens into segments, segments into one. Everything in memory, so that no disk is measured.

import Loquat

/// Building, flushing and merging segments.
enum IndexingPaths {
  private static let documents = 400
  private static let mergedSegments = 8

  static func all(_ data: HotPathData) throws -> [HotPath] {
    let documents = try TokenizedDocument.documents(data, documents)
    return [
      HotPath("documents into a segment in memory") {
        let writer = try makeWriter()
        return {
          let target = writer.makeDocumentWriter()
          try add(documents[...], to: target)
          keepAlive(writer, target)
          return documents.count
        }
      },
      HotPath("segment flush") {
        let writer = try makeWriter()
        let target = writer.makeDocumentWriter()
        try add(documents[...], to: target)
        return {
          try target.finish()
          return try writer.commit().added
        }
      },
      HotPath("merge of \(mergedSegments) segments") {
        let writer = try makeWriter()
        let size = documents.count / mergedSegments
        for part in 0..<mergedSegments {
          let target = writer.makeDocumentWriter()
          try add(documents[part * size..<(part + 1) * size], to: target)
          try target.finish()
          try writer.commit()
        }
        return {
          try writer.merge(maximumSegments: 1)
          return writer.reader().documentCount
        }
      },
    ]
  }

  /// A writer in memory that merges nothing by itself.
  private static func makeWriter() throws -> IndexWriter {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = 1_000_000
    configuration.memoryBudgetInBytes = 1 << 30
    let spaces = TermKind.allCases.reduce(0) { $0 | UInt32(1) << UInt32($1.rawValue) }
    let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: spaces)])
    return try IndexWriter(directory: MemoryDirectory(), schema: schema, configuration: configuration)
  }

  private static func add(_ documents: ArraySlice<TokenizedDocument>, to target: DocumentWriter) throws {
    for (place, document) in zip(documents.indices, documents) { try document.add(to: target, number: place) }
  }

  /// Keeps what a run made until its end; a builder that was not flushed is abandoned behind it.
  @inline(never)
  private static func keepAlive(_ writer: IndexWriter, _ target: DocumentWriter) {
    withExtendedLifetime((writer, target)) {}
  }
}

/// The first field behind the reserved one.
private let textField = Schema.idField + 1

/// A document whose terms are known, so that no analysis is measured.
private struct TokenizedDocument {
  private struct Occurrence {
    let term: Range<Int>
    let position: UInt32
  }

  private var bytes: [UInt8] = []
  private var occurrences: [TermKind: [Occurrence]] = [:]

  static func documents(_ data: HotPathData, _ count: Int) throws -> [TokenizedDocument] {
    let analyzer = try Analyzer()
    let buffer = TokenBuffer()
    return try data.texts(count).map { text in
      var document = TokenizedDocument()
      _ = text.withUnsafeBufferPointer { bytes in
        analyzer.analyze(bytes, into: buffer) { tokens in
          for place in 0..<tokens.count {
            let token = tokens[place]
            let start = document.bytes.count
            document.bytes += tokens.termBytes(token)
            document.occurrences[token.kind, default: []].append(
              Occurrence(term: start..<document.bytes.count, position: UInt32(bitPattern: token.position)))
          }
        }
      }
      return document
    }
  }

  func add(to target: DocumentWriter, number: Int) throws {
    try Array("document \(number)".utf8).withUnsafeBufferPointer {
      try target.begin(id: $0, sequence: UInt64(number + 1))
    }
    bytes.withUnsafeBufferPointer { bytes in
      for kind in TermKind.allCases {
        guard let occurrences = occurrences[kind] else { continue }
        target.beginTerms(field: textField, space: kind.rawValue)
        for occurrence in occurrences {
          target.add(UnsafeBufferPointer(rebasing: bytes[occurrence.term]), position: occurrence.position)
        }
      }
    }
    target.addLength(occurrences[.stem]?.count ?? 0, field: textField)
    try target.finishDocument(sourceBytes: bytes.count)
  }
}
