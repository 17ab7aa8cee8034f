// Writing an index anew from the texts that it keeps, after its analysis has changed.

import InvertedIndex
import Synchronization

extension LoquatIndex {
  /// Analyses all documents again from their stored titles and texts, in one commit: until that stands, and when it
  /// fails, the index is as it was. Needs about the index's size on disk beside it. `settings` replace the index's own:
  /// another analyzer, other user's words.
  ///
  /// - Throws: `invalidArgument` for an index that doesn't keep all that it has indexed (ids only, or documents with
  ///   fields of their own, whose texts are not stored): it has to be made again from the source of its documents;
  ///   `locked` while another writer holds it; `cancelled` when the options' control says so; errors of the file system.
  @discardableResult
  public func rebuild(_ settings: IndexSettings? = nil, _ options: IndexingOptions = IndexingOptions()) throws
    -> IndexingSummary
  {
    let start = ContinuousClock.now
    try refresh()
    let settings = settings ?? self.settings
    guard self.settings.store == .all, settings.store == .all else {
      throw IndexError(
        .invalidArgument,
        "the index keeps no texts to be made anew from: delete \(directory.location) and index the documents again")
    }
    var options = options
    options.threads = IndexingThreads.count(options)
    let control = options.control
    return try withWriter(options, rebuildingWith: settings) { writer in
      let reader = writer.reader()
      try Self.checkOnlyStandardFields(reader)
      try settings.write(to: writer)
      let summary = Mutex(IndexingSummary())
      control.begin(.indexing, total: reader.documentCount)
      try withWorkers(threads: options.threads, capacity: 4 * options.threads) { (queue: WorkQueue<StoredDocuments>) in
        var documents = StoredDocuments(firstSequence: 1)
        reader.forEachAddress { address in
          documents.addresses.append(address)
          if documents.addresses.count < StoredDocuments.maximumCount { return }
          let next = documents.firstSequence + UInt64(documents.addresses.count)
          _ = queue.put(documents)
          documents = StoredDocuments(firstSequence: next)
        }
        _ = queue.put(documents)
      } consume: { queue in
        let adder = try DocumentAdder(writer: writer, settings: settings)
        let source = StoredDocumentReader(reader)
        try queue.forEach { documents in
          var bytes = 0
          for (place, address) in documents.addresses.enumerated() {
            try control.check()
            bytes += try source.add(address, to: adder, sequence: documents.firstSequence + UInt64(place))
          }
          summary.withLock { $0.bytes += bytes }
          control.advance(by: documents.addresses.count)
        }
        try adder.finish()
      }
      control.finish()
      let committed = try writer.commit()
      var result = summary.withLock { $0 }
      result.added = committed.added
      result.seconds = start.duration(to: .now) / .seconds(1)
      return result
    }
  }

  /// Gives the index other synonyms or stop words. Only queries look at them, so that no document has to be read again.
  ///
  /// - Throws: `analyzerMismatch` when the new settings would make other tokens: that needs ``rebuild(_:_:)``;
  ///   `locked` while another writer holds the index; errors of the file system.
  public func changeQueryWords(to analyzer: AnalyzerConfiguration) throws {
    try refresh()
    guard analyzer.tokenFingerprint == settings.analyzer.tokenFingerprint else {
      throw IndexError(
        .analyzerMismatch,
        "words of the dictionary decide how text is cut: the index has to be made anew with them (loquat reindex)")
    }
    var settings = settings
    settings.analyzer = analyzer
    try withWriter(IndexingOptions()) { writer in
      try settings.write(to: writer)
      try writer.commit()
    }
  }

  private static func checkOnlyStandardFields(_ reader: IndexReader) throws {
    let known = Set(StandardField.schema(IndexSettings()).fields.map(\.name))
    let own = reader.schema.fields.map(\.name).filter { !known.contains($0) && !StandardField.isReserved($0) }
    if own.isEmpty { return }
    throw IndexError(
      .invalidArgument,
      "documents have fields of their own (\(own.sorted().joined(separator: ", "))), whose values are not stored: delete \(reader.directory.location) and index the documents again"
    )
  }
}

/// Some documents of an index, in order.
private struct StoredDocuments: Sendable {
  static let maximumCount = 256

  /// The sequence number of the first; the others follow.
  var firstSequence: UInt64
  var addresses: [DocAddress] = []
}

/// Takes documents out of an index as they were added. One per thread.
private final class StoredDocumentReader {
  private let documents: DocumentReader
  private let text: FieldNumber?
  private let title: FieldNumber?
  private let columns: [FieldNumber?]

  init(_ reader: IndexReader) {
    documents = reader.makeDocumentReader()
    text = reader.schema.number(of: StandardField.text)
    title = reader.schema.number(of: StandardField.title)
    columns = [StandardField.root, StandardField.modified, StandardField.size, StandardField.part].map {
      reader.schema.number(of: $0)
    }
  }

  /// Adds the document at an address; returns the size of its text.
  func add(_ address: DocAddress, to adder: DocumentAdder, sequence: UInt64) throws -> Int {
    let id = try documents.id(of: address)
    var storedTitle: [UInt8] = []
    var storedText: [UInt8] = []
    for (field, value) in try documents.storedFields(of: address) {
      if field == title { storedTitle = value } else if field == text { storedText = value }
    }
    let values = try columns.map { try $0.flatMap { try documents.integer($0, of: address) } }
    var file: DocumentAdder.FileOrigin?
    if let root = values[0], let modified = values[1], let size = values[2] {
      let part = values[3].map(Int.init)
      let path = part.map { String(id.dropLast(String($0).count + 1)) } ?? id
      file = DocumentAdder.FileOrigin(path: path, modified: modified, size: size, root: Int(root), part: part)
    }
    try Array(id.utf8).withUnsafeBufferPointer { id in
      try storedTitle.withUnsafeBufferPointer { title in
        try storedText.withUnsafeBufferPointer { text in
          try adder.add(.init(id: id, title: title, text: text, file: file), sequence: sequence)
        }
      }
    }
    return storedTitle.count + storedText.count
  }
}
