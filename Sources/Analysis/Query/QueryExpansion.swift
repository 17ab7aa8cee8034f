// What stands for a part of a query by the synonym file.

/// Neighbouring segments that are a name in the synonym file, and the names that stand for it.
public struct QueryExpansion: Sendable, Hashable {
  /// The places of the segments in the query.
  public let segments: Range<Int>
  /// The other names, each analysed.
  public let alternatives: [AnalyzedQuery]
}
