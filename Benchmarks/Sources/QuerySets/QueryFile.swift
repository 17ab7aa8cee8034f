// Queries in files: our own format, that of the search-benchmark-game, and plain lines.

import Foundation

/// Reads and writes sets of queries.
public enum QueryFile {
  /// Reads queries, a line each, in any of three forms: `kind<TAB>query`, as ``text(_:)`` writes it; an object
  /// `{"query": …, "tags": […]}`, whose first tag is the kind; or the query alone. Empty lines are left out.
  public static func queries(in text: String) -> [BenchmarkQuery] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty { return nil }
      if line.hasPrefix("{"), let query = try? JSONDecoder().decode(TaggedQuery.self, from: Data(line.utf8)) {
        return BenchmarkQuery(kind: query.kind, text: query.query)
      }
      let parts = line.split(separator: "\t", maxSplits: 1)
      return parts.count == 2
        ? BenchmarkQuery(kind: String(parts[0]), text: String(parts[1])) : BenchmarkQuery(kind: "query", text: line)
    }
  }

  /// The queries as lines of `kind<TAB>query`.
  public static func text(_ queries: [BenchmarkQuery]) -> String {
    queries.map { "\($0.kind)\t\($0.text)\n" }.joined()
  }

  /// A line of the search-benchmark-game's file of queries.
  private struct TaggedQuery: Decodable {
    let query: String
    let tags: [String]?

    /// The game's first tag says the kind ("union"), others the source ("global", "union:num_tokens_2").
    var kind: String { tags?.first { !$0.contains(":") && $0 != "global" } ?? "query" }
  }
}
