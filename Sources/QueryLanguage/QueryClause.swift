// A member of a boolean query.

/// A member of a boolean query: a tree and how it takes part.
public struct QueryClause: Sendable, Equatable {
  /// How the clause takes part.
  public let occur: Occur

  /// What the clause asks for.
  public let tree: QueryTree

  /// A clause of a boolean query.
  public init(_ occur: Occur, _ tree: QueryTree) {
    self.occur = occur
    self.tree = tree
  }
}
