// Changes that become one commit.

import Analysis
import InvertedIndex
public import QueryLanguage

/// Adds and deletes documents; given by ``LoquatIndex/update(_:_:)`` and used within it, by one thread.
public final class IndexUpdate {
  private let writer: IndexWriter
  private let settings: IndexSettings
  private let adder: DocumentAdder
  private var sequence: UInt64 = 0
  private var summary = IndexingSummary()

  init(writer: IndexWriter, settings: IndexSettings) throws {
    self.writer = writer
    self.settings = settings
    adder = try DocumentAdder(writer: writer, settings: settings)
  }

  /// Adds a document, replacing any with the same id.
  ///
  /// - Throws: an `IndexError` with code `limitExceeded` or `invalidArgument` when this document is refused and leaves
  ///   no trace; `cancelled` when the options' control says so; after any other error nothing can be added.
  public func add(_ document: Document) throws {
    try writer.configuration.control.check()
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

  /// Deletes every document that a search for the query would find, among those of earlier commits and those added so
  /// far; documents added later stay. The query is evaluated when the update is committed, which costs as much as
  /// counting its matches.
  ///
  /// - Throws: ``QueryParseError`` when it does not parse, ``QueryError`` when it cannot be asked of this index, an
  ///   `IndexError` with code `invalidArgument` when it is empty. Nothing is deleted then.
  public func delete(where query: String, _ defaultOperator: DefaultOperator = .or) throws {
    // Fields that came with this update are known to the writer alone.
    let parser = QueryParser(fields: QueryLowering.fieldNames(writer.schema), defaultOperator: defaultOperator)
    guard let tree = try parser.parse(query) else {
      throw IndexError(.invalidArgument, "an empty query says not which documents to delete")
    }
    try delete(where: tree, defaultOperator)
  }

  /// Deletes every document that a search for a query that was built would find; see ``delete(where:_:)-(String,_)``.
  public func delete(where tree: QueryTree, _ defaultOperator: DefaultOperator = .or) throws {
    let lowering = try QueryLowering(
      schema: writer.schema, analyzer: Analyzer(settings.analyzer),
      weights: RankingSettings(userData: writer.userData).rankingWeights(for: settings.analyzer.name),
      defaultOperator: defaultOperator, hasCharacters: settings.keepsCharacters)
    sequence += 1
    try writer.delete(where: try lowering.lower(tree), sequence: sequence)
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
