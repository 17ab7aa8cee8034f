// The result of analysing a query's text.

/// Plain text of a query, without operators, as structure.
public struct AnalyzedQuery: Sendable, Hashable {
  /// Its pieces in the order of the text.
  public let segments: [QuerySegment]
  /// The script of Chinese that it is typed in, where it shows one.
  public var script: ChineseScript?
  /// Names of the synonym file among them, in order, none over another. None in quotation marks, which ask for the text
  /// as it stands.
  public let expansions: [QueryExpansion]

  /// Segments, none of them a name of the synonym file where no expansions are given.
  public init(segments: [QuerySegment], expansions: [QueryExpansion] = [], script: ChineseScript? = nil) {
    self.segments = segments
    self.expansions = expansions
    self.script = script
  }

  /// What makes the text an exact phrase: terms and the positions, relative to each other, at which a document has them.
  /// Stop words are among them.
  public var phrase: [QueryTerm] { segments.flatMap(\.phrase) }

  /// Whether the text has nothing to look for.
  public var isEmpty: Bool { segments.isEmpty }
}
