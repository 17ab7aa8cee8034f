// What is asked of the index for each query, in the words of the search-benchmark-game.

import Loquat

/// A way to ask a query.
public enum SearchCommand: String, CaseIterable, Sendable {
  /// The number of matching documents.
  case count = "COUNT"
  /// The ten best documents.
  case top10 = "TOP_10"
  /// The hundred best documents.
  case top100 = "TOP_100"
  /// The hundred best documents and the number of all.
  case top100AndCount = "TOP_100_COUNT"
}

/// Asks queries of one snapshot; one for each thread. Nothing is kept from one query to the next.
struct QueryRunner {
  private let snapshot: IndexSnapshot
  private let searcher: Searcher
  private let compiler: QueryCompiler

  init(_ snapshot: IndexSnapshot, _ searcher: Searcher) throws {
    self.snapshot = snapshot
    self.searcher = searcher
    compiler = try snapshot.makeQueryCompiler()
  }

  /// Parses, compiles and runs a query. Returns the number of hits or matches.
  func run(_ text: String, _ command: SearchCommand) throws -> Int {
    guard let tree = try snapshot.parse(text) else { return 0 }
    let query = try compiler.compile(tree)
    switch command {
    case .count: return try searcher.count(query)
    case .top10: return try searcher.search(query, SearchOptions(limit: 10)).hits.count
    case .top100: return try searcher.search(query, SearchOptions(limit: 100)).hits.count
    case .top100AndCount:
      return try searcher.search(query, SearchOptions(limit: 100, countsTotal: true)).total ?? 0
    }
  }
}
