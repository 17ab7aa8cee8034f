// The operations that take long, for Swift's tasks.

public import InvertedIndex
public import QueryLanguage

/// Each does what the method of the same name does that is not `async`, on a thread of its own: the task waits and holds
/// up no other. Cancelling the task ends the operation within about a tenth of a second, but for what a single document
/// or a call of the operating system takes, with a `CancellationError` and the index at its last commit. An operation
/// whose commit is durable by then succeeds.
extension LoquatIndex {
  /// Brings the index up to date with files and folders; see the method of the same name that is not `async`.
  @discardableResult
  public func addFiles(_ paths: [String], _ options: IndexingOptions = IndexingOptions()) async throws
    -> IndexingSummary
  {
    try await run(options) { index, options in try index.addFiles(paths, options) }
  }

  /// Adds the documents of JSON Lines; see the method of the same name that is not `async`.
  @discardableResult
  public func addJSONLines(_ sources: [JSONLinesSource], _ options: IndexingOptions = IndexingOptions()) async throws
    -> IndexingSummary
  {
    try await run(options) { index, options in try index.addJSONLines(sources, options) }
  }

  /// Adds, replaces and deletes documents in one commit; see the method of the same name that is not `async`. `body`
  /// runs on a thread of its own and may take its time.
  @discardableResult
  public func update(
    _ options: IndexingOptions = IndexingOptions(), _ body: @escaping @Sendable (IndexUpdate) throws -> Void
  ) async throws -> IndexingSummary {
    try await run(options) { index, options in try index.update(options, body) }
  }

  /// Deletes every document that a search for the query finds; see the method of the same name that is not `async`.
  @discardableResult
  public func delete(
    where query: String, _ defaultOperator: DefaultOperator = .or, _ options: IndexingOptions = IndexingOptions()
  ) async throws -> IndexingSummary {
    try await run(options) { index, options in try index.delete(where: query, defaultOperator, options) }
  }

  /// Deletes every document that a search for the query finds; see the method of the same name that is not `async`.
  @discardableResult
  public func delete(
    where tree: QueryTree, _ defaultOperator: DefaultOperator = .or, _ options: IndexingOptions = IndexingOptions()
  ) async throws -> IndexingSummary {
    try await run(options) { index, options in try index.delete(where: tree, defaultOperator, options) }
  }

  /// Makes the index anew; see the method of the same name that is not `async`.
  @discardableResult
  public func rebuild(_ settings: IndexSettings? = nil, _ options: IndexingOptions = IndexingOptions()) async throws
    -> IndexingSummary
  {
    try await run(options) { index, options in try index.rebuild(settings, options) }
  }

  /// Merges segments; see the method of the same name that is not `async`.
  public func optimize(maximumSegments: Int = 1, control: OperationControl = OperationControl()) async throws {
    try await run(IndexingOptions(control)) { index, options in
      try index.optimize(maximumSegments: maximumSegments, control: options.control)
    }
  }

  /// Merges segments and puts similar documents together; see the method of the same name that is not `async`.
  public func reorder(
    maximumSegments: Int = 1, options: ReorderingOptions = ReorderingOptions(),
    control: OperationControl = OperationControl()
  ) async throws {
    try await run(IndexingOptions(control)) { index, indexing in
      try index.reorder(maximumSegments: maximumSegments, options: options, control: indexing.control)
    }
  }

  /// Reads and checks every byte of the current commit; see the method of the same name that is not `async`.
  public func verify(control: OperationControl = OperationControl()) async throws -> IndexChecker.Report {
    try await run(IndexingOptions(control)) { index, options in try index.verify(control: options.control) }
  }

  /// Searches the current commit; see ``IndexSnapshot/search(_:_:)-(String,_)``.
  public func search(_ query: String, _ request: SearchRequest = SearchRequest()) async throws -> SearchResult {
    try await current.search(query, request)
  }

  /// Runs an operation with a control of its own, within that of the options: cancelling a task must not cancel what
  /// else the caller's control is used for.
  private func run<R: Sendable>(
    _ options: IndexingOptions, _ body: @escaping @Sendable (LoquatIndex, IndexingOptions) throws -> R
  ) async throws -> R {
    let control = OperationControl(within: options.control)
    var own = options
    own.control = control
    return try await BlockingThreads.operations.run(cancel: { control.cancel() }) { [own] in try body(self, own) }
  }
}
