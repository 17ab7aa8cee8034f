// Building indexes from hand-made terms.

public import InvertedIndex
public import Storage

extension NaiveIndex.Document {
  /// Adds the document to an index, with values in columns of whole numbers beside its own.
  public func add(to writer: DocumentWriter, sequence: UInt64, integers: [FieldNumber: Int64] = [:]) throws {
    try Array(id.utf8).withUnsafeBufferPointer { try writer.begin(id: $0, sequence: sequence) }
    struct Space: Hashable, Comparable {
      let field: FieldNumber
      let space: TermSpace
      static func < (a: Space, b: Space) -> Bool { (a.field, a.space) < (b.field, b.space) }
    }
    let bySpace = Dictionary(grouping: occurrences) { Space(field: $0.term.field, space: $0.term.space) }
    for (space, occurrences) in bySpace.sorted(by: { $0.key < $1.key }) {
      writer.beginTerms(field: space.field, space: space.space)
      for occurrence in occurrences.sorted(by: { $0.position < $1.position }) {
        occurrence.term.bytes.withUnsafeBufferPointer { writer.add($0, position: occurrence.position) }
      }
    }
    for (field, length) in lengths.sorted(by: { $0.key < $1.key }) { writer.addLength(length, field: field) }
    for (field, value) in columns.sorted(by: { $0.key < $1.key }) { writer.setColumn(value, field: field) }
    for (field, value) in integers.sorted(by: { $0.key < $1.key }) { writer.setColumn(value, field: field) }
    try writer.finishDocument(sourceBytes: occurrences.count)
  }
}

extension NaiveIndex {
  /// Writes the documents as segments of the given sizes, then deletes those marked so, in further commits. No merging.
  public func write(to directory: any Directory, schema: Schema, segments: [Int]) throws {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = 1_000_000
    configuration.mergePolicy.rewritesDeleted = false
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: configuration)
    defer { writer.close() }
    var next = 0
    var sequence: UInt64 = 0
    for size in segments {
      let target = writer.makeDocumentWriter()
      for document in documents[next..<min(documents.count, next + size)] {
        sequence += 1
        try document.add(to: target, sequence: sequence)
      }
      next += size
      try target.finish()
      try writer.commit()
    }
    let deleted = documents.filter(\.isDeleted)
    if !deleted.isEmpty {
      for document in deleted { writer.delete(id: Array(document.id.utf8), sequence: sequence + 1) }
      try writer.commit()
    }
  }
}
