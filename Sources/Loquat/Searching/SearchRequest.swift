// What a program asks of a search.

public import InvertedIndex
public import QueryLanguage

/// Options of a search.
public struct SearchRequest: Sendable {
  /// How many results are wanted.
  public var limit = 10
  /// How many of the best are left out first.
  public var offset = 0
  /// Queries that results match as well, without any effect on their scores; ``IndexSnapshot/parse(_:_:)`` reads them.
  public var filters: [QueryTree] = []
  /// What results are sorted by; empty for scores, the highest first. Where all are equal, results come in the order in
  /// which they were indexed.
  public var sort: [SortField] = []
  /// What all matching documents are counted by, in the same walk that finds the best.
  public var facets: [FacetField] = []
  /// How many threads search; the results are the same. More than one pays where a search takes milliseconds. Sorted
  /// searches and those with facets take one.
  public var threads = 1
  /// What stands between words without an operator.
  public var defaultOperator = DefaultOperator.or
  /// The parameters of BM25; nil for those of the index.
  public var bm25: BM25?
  /// The weights of the parts of a score; nil for those of the index.
  public var weights: RankingWeights?
  /// Favours what is recent; nil for no such thing.
  public var recency: RecencyBoost?
  /// Raises scores by numbers of the documents.
  public var boosts: [FieldBoost] = []
  /// How snippets are cut; nil for none.
  public var snippets: SnippetOptions? = SnippetOptions()
  /// What may end the search before it is through: after a time, or when another thread says so.
  public var control: SearchControl?
  /// Whether each hit explains its score.
  public var explains = false

  /// Makes the default request.
  public init(limit: Int = 10, offset: Int = 0) {
    self.limit = limit
    self.offset = offset
  }
}
