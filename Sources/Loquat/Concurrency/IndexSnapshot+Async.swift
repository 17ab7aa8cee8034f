// Searches for Swift's tasks.

import InvertedIndex
public import QueryLanguage

extension IndexSnapshot {
  /// Searches for a query in the query language on a thread of its own; no more searches run at a time than there are
  /// processors, others wait their turn. Cancelling the task ends the search within milliseconds.
  ///
  /// - Throws: `CancellationError`, and what the method of the same name that is not `async` throws.
  public func search(_ query: String, _ request: SearchRequest = SearchRequest()) async throws -> SearchResult {
    try await run(request) { snapshot, request in try snapshot.search(query, request) }
  }

  /// Searches for a query that was built, on a thread of its own.
  public func search(_ tree: QueryTree, _ request: SearchRequest = SearchRequest()) async throws -> SearchResult {
    try await run(request) { snapshot, request in try snapshot.search(tree, request) }
  }

  private func run(
    _ request: SearchRequest, _ body: @escaping @Sendable (IndexSnapshot, SearchRequest) throws -> SearchResult
  ) async throws -> SearchResult {
    let control = request.control.map { SearchControl(within: $0) } ?? SearchControl()
    var own = request
    own.control = control
    return try await BlockingThreads.searches.run(cancel: { control.cancel() }) { [own] in try body(self, own) }
  }
}
