// The kinds of queries that are measured apart, because different algorithms answer them.

/// A kind of query.
public enum QueryKind: String, CaseIterable, Sendable, Codable {
  /// One word.
  case term
  /// Two or three words that must all match.
  case intersection
  /// Two to four words of which any may match.
  case union
  /// Words that follow one another.
  case phrase
  /// The beginning of a word.
  case prefix
  /// A word with one typing error.
  case fuzzy
  /// An English word beside a Chinese one.
  case mixed
  /// Eight to fifteen words, or twelve to thirty Han characters: a question in natural language.
  case question
}

/// A query and its kind; queries from a file may have kinds of their own.
public struct BenchmarkQuery: Sendable, Hashable {
  /// The name of the kind.
  public let kind: String
  /// The query in Loquat's query language.
  public let text: String

  /// Makes a query of any kind.
  public init(kind: String, text: String) {
    self.kind = kind
    self.text = text
  }
}
