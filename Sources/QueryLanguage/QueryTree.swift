// A query as structure, independent of the text that it was written in.

/// A query as structure: what ``QueryParser`` reads, the builder functions make, and a planner turns into work.
///
/// There is one tree for one meaning wherever that is cheap to say: no group of one, no empty group, no pattern without
/// a wildcard. Trees are equal when they ask for the same in the same shape, wherever in a text they were read from.
public struct QueryTree: Sendable {
  /// What is asked for.
  public let node: QueryNode

  /// Where in the text of the query it stands, in UTF-8 bytes; nil for a tree that was built.
  public let sourceRange: Range<Int>?

  /// The levels of the tree: 1 for a leaf. At most ``QueryLimits/maximumDepth`` in a parsed query.
  public let depth: Int

  /// Only for the factories, which keep trees in their one form.
  init(_ node: QueryNode, at sourceRange: Range<Int>?) {
    self.node = node
    self.sourceRange = sourceRange
    switch node {
    case .text, .phrase, .prefix, .wildcard, .regexp, .fuzzy, .range, .exists, .matchAll: depth = 1
    case .near: depth = 2
    case .boolean(let clauses, _): depth = 1 + (clauses.lazy.map(\.tree.depth).max() ?? 0)
    case .fielded(_, let tree), .boosted(let tree, _), .constantScore(let tree, _): depth = 1 + tree.depth
    }
  }
}

extension QueryTree: Equatable {
  /// Whether both ask for the same in the same shape; where they were read from does not count. O(size).
  public static func == (left: QueryTree, right: QueryTree) -> Bool {
    left.node == right.node
  }
}

extension QueryTree: CustomStringConvertible {
  /// The query as ``QueryPrinter`` writes it; parts without a syntax are written as calls, such as
  /// `constantScore(a, 2)`.
  public var description: String { QueryPrinter.describe(self) }
}
