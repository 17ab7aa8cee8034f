// The engine's front door for programs.

import Analysis
public import InvertedIndex
public import QueryLanguage
public import Storage
import Synchronization

/// An index of documents in English, Chinese and mixtures: open or make one, add and remove documents, search.
///
/// ```swift
/// let index = try LoquatIndex(path: "notes.loquat")
/// try index.update { writer in
///   try writer.add(Document(id: "1", title: "科學園新聞", text: "香港科學園的 biotech 公司"))
/// }
/// for hit in try index.search("科学园 biotech").hits { print(hit.id, hit.score) }
/// ```
///
/// A value can be shared between threads. Searches see the last commit that this value knows of, its own or after
/// ``refresh()``; one update runs at a time, in this process and all others.
public final class LoquatIndex: Sendable {
  /// Where the index lies.
  public let directory: any Directory
  /// What it was made with, as of the current commit.
  public var settings: IndexSettings { current.settings }
  private let snapshot: Mutex<IndexSnapshot>

  /// Opens the index in a folder, or makes one there when the folder holds none. `settings` are those of a new index;
  /// an existing one keeps its own.
  ///
  /// - Throws: `IndexError`: `corrupt`, `formatTooNew`, `formatTooOld` for an index that cannot be read, `locked` while
  ///   another process makes one here, or errors of the file system.
  public convenience init(path: String, settings: IndexSettings = IndexSettings()) throws {
    try self.init(directory: try FileSystemDirectory(path: path, createIfMissing: true), settings: settings)
  }

  /// Makes an empty index in memory.
  public static func inMemory(settings: IndexSettings = IndexSettings()) throws -> LoquatIndex {
    try LoquatIndex(directory: MemoryDirectory(), settings: settings)
  }

  /// Opens the index in a folder.
  ///
  /// - Throws: `IndexError` with code `notAnIndex` when there is none, and as ``init(path:settings:)`` does.
  public static func open(path: String) throws -> LoquatIndex {
    let directory = try FileSystemDirectory(path: path, createIfMissing: false)
    return try LoquatIndex(directory: directory, reader: try IndexReader.open(directory))
  }

  /// Opens the index in a directory of any kind, or makes one there when it holds none.
  public convenience init(directory: any Directory, settings: IndexSettings = IndexSettings()) throws {
    do {
      try self.init(directory: directory, reader: try IndexReader.open(directory))
    } catch let error as IndexError where error.code == .notAnIndex {
      let writer = try Self.makeWriter(directory, settings, IndexingOptions())
      defer { writer.close() }
      try settings.write(to: writer)
      try writer.commit()
      try self.init(directory: directory, reader: writer.reader())
    }
  }

  private init(directory: any Directory, reader: IndexReader) throws {
    self.directory = directory
    snapshot = Mutex(try IndexSnapshot(reader))
  }

  // MARK: Reading

  /// The last commit that this value knows of.
  public var current: IndexSnapshot { snapshot.withLock { $0 } }

  /// Looks for commits of other writers and makes the newest the current one. Costs the new segments only.
  public func refresh() throws {
    let before = current.reader
    let reader = try before.refreshed()
    if reader.generation == before.generation { return }
    let newest = try IndexSnapshot(reader)
    snapshot.withLock { if reader.generation > $0.reader.generation { $0 = newest } }
  }

  /// Searches the current commit; see ``IndexSnapshot/search(_:_:)``.
  public func search(_ query: String, _ request: SearchRequest = SearchRequest()) throws -> SearchResult {
    try current.search(query, request)
  }

  // MARK: Writing

  static func makeWriter(
    _ directory: any Directory, _ settings: IndexSettings, _ options: IndexingOptions, rebuilds: Bool = false
  ) throws -> IndexWriter {
    var configuration = IndexWriterConfiguration()
    configuration.memoryBudgetInBytes = options.memoryBudgetInBytes
    configuration.documentWriters = options.threads
    configuration.lockTimeoutInMilliseconds = options.lockTimeoutInMilliseconds
    configuration.analyzerFingerprint = settings.analyzer.fingerprint
    configuration.rebuilds = rebuilds
    configuration.control = options.control
    return try IndexWriter(directory: directory, schema: StandardField.schema(settings), configuration: configuration)
  }

  /// Runs `body` with the index's writer and closes it; a commit within is current afterwards. With new settings the
  /// index is written anew: the first commit drops what was there before.
  func withWriter<R>(
    _ options: IndexingOptions, rebuildingWith newSettings: IndexSettings? = nil, _ body: (IndexWriter) throws -> R
  ) throws -> R {
    try refresh()
    if newSettings == nil, let difference = current.analyzerDifference {
      throw IndexError(
        .analyzerMismatch,
        "nothing is added to the index, which was made by another analysis (\(difference)): make it anew with loquat reindex"
      )
    }
    try options.control.check()
    let writer = try Self.makeWriter(directory, newSettings ?? settings, options, rebuilds: newSettings != nil)
    defer { writer.close() }
    let result: R
    do {
      result = try body(writer)
    } catch {
      // Whatever the threads fail with one after another when they are to stop.
      try options.control.check()
      throw error
    }
    let newest = try IndexSnapshot(writer.reader())
    snapshot.withLock { $0 = newest }
    return result
  }

  /// Adds, replaces and deletes documents in one commit: everything that `body` did is durable and visible
  /// afterwards, or nothing of it when it throws.
  ///
  /// - Throws: what `body` throws; `locked` while another writer holds the index; `cancelled` when the options' control
  ///   says so; errors of the file system.
  @discardableResult
  public func update(_ options: IndexingOptions = IndexingOptions(), _ body: (IndexUpdate) throws -> Void) throws
    -> IndexingSummary
  {
    try withWriter(options) { writer in
      let update = try IndexUpdate(writer: writer, settings: settings)
      try body(update)
      return try update.commit()
    }
  }

  /// Deletes every document that a search for the query finds, in one commit; see ``IndexUpdate/delete(where:_:)``.
  /// The summary's ``IndexingSummary/removed`` counts them.
  ///
  /// - Throws: as ``IndexUpdate/delete(where:_:)`` and ``update(_:_:)`` do; nothing is deleted then.
  @discardableResult
  public func delete(
    where query: String, _ defaultOperator: DefaultOperator = .or, _ options: IndexingOptions = IndexingOptions()
  ) throws -> IndexingSummary {
    try update(options) { try $0.delete(where: query, defaultOperator) }
  }

  /// Deletes every document that a search for a query that was built finds, in one commit.
  @discardableResult
  public func delete(
    where tree: QueryTree, _ defaultOperator: DefaultOperator = .or, _ options: IndexingOptions = IndexingOptions()
  ) throws -> IndexingSummary {
    try update(options) { try $0.delete(where: tree, defaultOperator) }
  }

  /// Keeps parameters and weights with the index, in a commit of their own: every search uses them that brings none of
  /// its own.
  ///
  /// - Throws: an `IndexError` with code `invalidArgument` for what lies out of its range; `locked` while another writer
  ///   holds the index; errors of the file system.
  public func setRanking(_ ranking: RankingSettings) throws {
    try ranking.validate()
    try withWriter(IndexingOptions()) { writer in
      try ranking.write(to: writer)
      try writer.commit()
    }
  }

  /// Merges segments until there are at most `maximumSegments`, dropping deleted documents on the way.
  ///
  /// - Throws: `locked` while another writer holds the index; `cancelled` when `control` says so, with all documents as
  ///   they were; errors of the file system.
  public func optimize(maximumSegments: Int = 1, control: OperationControl = OperationControl()) throws {
    try withWriter(IndexingOptions(control)) { try $0.merge(maximumSegments: maximumSegments) }
  }

  /// Merges segments as ``optimize(maximumSegments:control:)`` does and puts similar documents together, in every segment
  /// that is left: the index gets smaller and searches faster. Takes longer, some seconds for every 100 MB of text.
  ///
  /// - Throws: `locked` while another writer holds the index; `cancelled` when `control` says so, with all documents as
  ///   they were; errors of the file system.
  public func reorder(
    maximumSegments: Int = 1, options: ReorderingOptions = ReorderingOptions(),
    control: OperationControl = OperationControl()
  ) throws {
    try withWriter(IndexingOptions(control)) { try $0.reorder(maximumSegments: maximumSegments, options: options) }
  }

  /// Reads every byte of the current commit and checks every checksum and invariant.
  ///
  /// - Throws: `corrupt` at the first fault, with the file and what is wrong; `cancelled` when `control` says so.
  public func verify(control: OperationControl = OperationControl()) throws -> IndexChecker.Report {
    try IndexChecker(current.reader, control: control).check()
  }
}
