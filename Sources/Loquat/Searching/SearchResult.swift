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

  /// The matching documents counted by a field.
  public struct Facet: Sendable, Equatable {
    /// A value, or an interval, and how many of the matching documents have it.
    public struct Count: Sendable, Equatable {
      /// The value as text: a string as it was given, a number, a date of the length of its interval (`2026`, `2026-03`,
      /// `2026-03-14`), or the number at which an interval begins.
      public let value: String
      /// How many documents have it.
      public let documents: Int
    }

    /// What was asked for.
    public let field: FacetField
    /// The values with the most documents, those first; of equals in the order of the values.
    public let counts: [Count]
    /// How many different values the matching documents have.
    public let valueCount: Int
    /// How many of the matching documents have a value.
    public let documentCount: Int
  }

  /// How the query was understood, in the query language.
  public let query: String
  /// How many documents match.
  public let total: Int
  /// The results, best first.
  public let hits: [Hit]
  /// The matching documents counted by the fields that were asked for, in their order.
  public let facets: [Facet]
  /// How long the search took, in seconds.
  public let seconds: Double
  /// Whether the query has anything to look for.
  public let hasTerms: Bool
}
