// Writing a tree in the query language.

/// Writes trees in the query language.
public enum QueryPrinter {
  /// The query as text that ``QueryParser`` reads as the same tree, under either default operator, provided that it
  /// knows the fields; nil when a part has no syntax. O(size).
  ///
  /// Without a syntax are: ``QueryNode/constantScore(_:_:)``, a `minimumShouldMatch`, a pattern whose last `?` has
  /// neither a letter, a digit nor `*` after it, and numbers or a depth beyond ``QueryLimits``.
  public static func print(_ tree: QueryTree) -> String? {
    guard tree.depth <= QueryLimits.maximumDepth else { return nil }
    var writer = QueryWriter()
    writer.write(tree)
    return writer.isComplete ? writer.output : nil
  }

  /// The query as text for people, with calls for what has no syntax.
  static func describe(_ tree: QueryTree) -> String {
    var writer = QueryWriter()
    writer.write(tree)
    return writer.output
  }
}
