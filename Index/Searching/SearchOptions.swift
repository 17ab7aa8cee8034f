// What is asked of a search.

/// How a ``Searcher`` runs a query.
public struct SearchOptions: Sendable {
  /// How many of the best documents are wanted, counted from the first.
  public var limit = 10
  /// How many of them are left out at the start.
  public var offset = 0
  /// Whether the number of all matching documents is wanted. It is exact, and costs visiting each match.
  public var countsTotal = false
  /// What all matching documents are counted by. The best documents, their number and all facets come of one walk over the
  /// matches, each of which is visited and scored then.
  public var facets: [Facet] = []
  /// How many threads search, 1 or more; the results are the same. More than one pays where a search takes milliseconds.
  /// Sorted searches and those with facets take one.
  public var threads = 1
  /// What may end the search before it is through.
  public var control: SearchControl?

  /// Makes the default options.
  public init(limit: Int = 10, offset: Int = 0, countsTotal: Bool = false) {
    self.limit = limit
    self.offset = offset
    self.countsTotal = countsTotal
  }
}
