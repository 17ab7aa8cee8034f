// The limits that keep the cost of a query bounded, in one place.

/// Limits on the text of a query. A query beyond one of them is refused with a ``QueryParseError`` that names the
/// limit; none is ever cut short silently.
public enum QueryLimits {
  /// Longest query text, in UTF-8 bytes (1 MiB).
  public static let maximumBytes = 1 << 20

  /// Most leaves (words, phrases, patterns, ranges …) in one query. Every leaf costs at least one dictionary lookup.
  public static let maximumClauses = 16_384

  /// Most parentheses open at once.
  public static let maximumNesting = 1_000

  /// Greatest ``QueryTree/depth`` of a parsed query. Parentheses that group nothing leave no trace in the tree, so this
  /// bounds the recursion of whoever walks the tree, and leaves room on the small stacks of secondary threads.
  public static let maximumDepth = 256

  /// Greatest slop of a phrase and greatest distance of `NEAR/n`, in positions.
  public static let maximumDistance = 1_000_000

  /// Most edits of a fuzzy term: automata for more than two are too large to be useful (Schulz and Mihov, "Fast string
  /// correction with Levenshtein automata", 2002).
  public static let maximumEdits = 2
}
