// What a search gives.

public import InvertedIndex

/// The documents that a search found.
public struct SearchResult: Sendable {
  /// One found document.
  public struct Hit: Sendable {
    /// The place in the ranking, from 1.
    public let rank: Int
    /// The document's id.
    public let id: String
    /// Its score.
    public let score: Float
    /// The path below the indexed folder, for documents that are files.
    public let path: String?
    /// The stored title; empty where there is none.
    public let title: String
    /// The best passage; nil where no text is stored or none was asked for.
    public let snippet: Snippet?
    /// For each stored field the UTF-8 byte ranges that match.
    public let highlights: [String: [Range<Int>]]
    /// The parts of the score, when asked for.
    public let explanation: Explanation?
  }

  /// How the query was understood, in the query language.
  public let query: String
  /// How many documents match.
  public let total: Int
  /// The results, best first.
  public let hits: [Hit]
  /// How long the search took, in seconds.
  public let seconds: Double
  /// Whether the query has anything to look for.
  public let hasTerms: Bool
}
