// The result of analysing a query's text.

/// Plain text of a query, without operators, as structure.
public struct AnalyzedQuery: Sendable, Hashable {
  /// Its pieces in the order of the text.
  public let segments: [QuerySegment]

  /// What makes the text an exact phrase: terms and the positions, relative to each other, at which a document has them.
  /// Stop words are among them.
  public var phrase: [QueryTerm] { segments.flatMap(\.phrase) }

  /// Whether the text has nothing to look for.
  public var isEmpty: Bool { segments.isEmpty }
}
