// A word of a query.

/// A word of a script that is written with spaces, or the whole of a mixed token.
public struct WordUnit: Sendable, Hashable {
  /// Its folded form, kind `.exact`; the `whitespace` analyzer has the stem here too.
  public let exact: QueryTerm
  /// Its stem, kind `.stem`: what a search looks up.
  public let stem: QueryTerm
  /// Whether it is a stop word.
  public var isStopWord: Bool { stem.isStopWord }
  /// Its UTF-8 bytes in the query's text.
  public let range: Range<Int>
}
