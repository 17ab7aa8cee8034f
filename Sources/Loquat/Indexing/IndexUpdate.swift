// Changes that become one commit.

import InvertedIndex

/// Adds and deletes documents; given by ``LoquatIndex/update(_:_:)`` and used within it, by one thread.
public final class IndexUpdate {
  private let writer: IndexWriter
  private let adder: DocumentAdder
  private var sequence: UInt64 = 0
  private var summary = IndexingSummary()

  init(writer: IndexWriter, settings: IndexSettings) throws {
    self.writer = writer
    adder = try DocumentAdder(writer: writer, settings: settings)
  }

  /// Adds a document, replacing any with the same id.
  ///
  /// - Throws: an `IndexError` with code `limitExceeded` or `invalidArgument` when this document is refused and leaves
  ///   no trace; after any other error nothing can be added.
  public func add(_ document: Document) throws {
    sequence += 1
    var document = document
    let fields = document.fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    try document.id.withUTF8 { id in
      try document.title.withUTF8 { title in
        try document.text.withUTF8 { text in
          try adder.add(.init(id: id, title: title, text: text, fields: fields), sequence: sequence)
          summary.bytes += title.count + text.count
        }
      }
    }
  }

  /// Deletes the document with an id, if there is one.
  public func delete(id: String) {
    sequence += 1
    writer.delete(id: Array(id.utf8), sequence: sequence)
  }

  func commit() throws -> IndexingSummary {
    try adder.finish()
    let committed = try writer.commit()
    summary.added = committed.added
    summary.updated = committed.updated
    summary.removed = committed.removed
    return summary
  }
}
