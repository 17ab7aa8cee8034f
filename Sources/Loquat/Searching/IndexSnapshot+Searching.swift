// Searching a snapshot with queries in the query language.

import Analysis
public import InvertedIndex
public import QueryLanguage

extension IndexSnapshot {
  /// What the index's owner changed of the ranking.
  public var ranking: RankingSettings { RankingSettings(userData: reader.userData) }

  /// The parameters of BM25 by which the index is searched: those of its settings, else those that suit the analyzer.
  public var defaultBM25: BM25 { bm25(ranking) }

  /// The parameters that settings give, with those that suit the analyzer where they are silent: those of Lucene for
  /// plain words, those of `Docs/Ranking.md` for mixed text.
  public func bm25(_ settings: RankingSettings) -> BM25 {
    var bm25 =
      switch self.settings.analyzer.name {
      case .whitespace, .english: BM25()
      case .mixed, .chinese: BM25(k1: 0.9, b: 0.6)
      }
    if let k1 = settings.k1 { bm25.k1 = k1 }
    if let b = settings.b { bm25.b = b }
    return bm25
  }

  /// The weights that settings give, with the defaults of the analyzer where they are silent.
  public func weights(_ settings: RankingSettings) -> RankingWeights {
    settings.rankingWeights(for: self.settings.analyzer.name)
  }

  /// A searcher with the given parameters, or those of the index.
  public func makeSearcher(_ bm25: BM25? = nil) -> Searcher { Searcher(reader, bm25: bm25 ?? defaultBM25) }

  /// Reads a query.
  ///
  /// - Throws: ``QueryParseError`` with the place of what does not parse.
  public func parse(_ query: String, _ defaultOperator: DefaultOperator = .or) throws(QueryParseError) -> QueryTree? {
    try QueryParser(fields: QueryLowering.fieldNames(reader.schema), defaultOperator: defaultOperator).parse(query)
  }

  /// Makes what turns queries into the index's operators; one per thread. Without weights they are those of the index.
  /// With `.and` a text of several words asks for all of them.
  public func makeQueryCompiler(_ weights: RankingWeights? = nil, _ defaultOperator: DefaultOperator = .or)
    throws -> QueryCompiler
  {
    try weights?.validate()
    return QueryCompiler(
      try QueryLowering(
        schema: reader.schema, analyzer: Analyzer(settings.analyzer), weights: weights ?? self.weights(ranking),
        defaultOperator: defaultOperator, hasCharacters: settings.keepsCharacters))
  }

  /// Searches for a query in the query language.
  ///
  /// - Throws: ``QueryParseError`` when it does not parse, ``QueryError`` when it cannot be asked of this index, `IndexError`
  ///   when a part of the index is damaged, or when the request's control ends the search.
  public func search(_ query: String, _ request: SearchRequest = SearchRequest()) throws -> SearchResult {
    try search(try parse(query, request.defaultOperator), text: query, request)
  }

  /// Searches for a query that was built.
  public func search(_ tree: QueryTree, _ request: SearchRequest = SearchRequest()) throws -> SearchResult {
    try search(tree, text: tree.description, request)
  }

  private func search(_ tree: QueryTree?, text: String, _ request: SearchRequest) throws -> SearchResult {
    let start = ContinuousClock.now
    let compiler = try makeQueryCompiler(request.weights, request.defaultOperator)
    let query = try raised(try tree.map { try compiler.compile($0) } ?? .none, request)
    let filters = try request.filters.map { try compiler.compile($0).excludingFromAll }
    let searcher = makeSearcher(request.bm25)
    var options = SearchOptions(limit: request.limit, offset: request.offset, countsTotal: true)
    options.control = request.control
    options.threads = request.threads
    options.facets = try request.facets.map { try $0.facet(reader.schema) }
    let keys = try request.sort.map { try $0.key(reader.schema) }
    let filtered = query.filtered(by: filters)
    let top =
      try keys.isEmpty ? searcher.search(filtered, options) : searcher.search(filtered, sortedBy: keys, options)
    var presenter = try HitPresenter(self, searcher, query, request)
    let hits = try top.hits.enumerated().map { (place, found) in
      try request.control?.check()
      return try presenter.hit(found, rank: request.offset + place + 1)
    }
    return SearchResult(
      query: tree?.description ?? text, total: top.total ?? 0, hits: hits,
      facets: zip(request.facets, top.facets).map { $0.result($1) }, seconds: start.duration(to: .now) / .seconds(1),
      hasTerms: query != .none)
  }
}

extension IndexSnapshot {
  /// The query with the boosts by columns that a request asks for.
  private func raised(_ query: Query, _ request: SearchRequest) throws -> Query {
    var boosts = try request.boosts.flatMap { try $0.boosts(reader.schema) }
    if let recency = request.recency {
      boosts += try recency.boosts(reader.schema, weight: (request.weights ?? weights(ranking)).recency)
    }
    return boosts.isEmpty || query == .none ? query : .columnBoost(ColumnBoostQuery(query, boosts))
  }
}

extension Query {
  /// A query that only excludes finds nothing; as a filter it leaves all other documents.
  fileprivate var excludingFromAll: Query {
    guard case .boolean(var boolean) = self, (boolean.must + boolean.should + boolean.filter).isEmpty,
      !boolean.mustNot.isEmpty
    else { return self }
    boolean.must = [.all]
    return .boolean(boolean)
  }
}

/// Turns queries into the operators of the index, with the index's analyzer. One per thread.
public struct QueryCompiler {
  private let lowering: QueryLowering

  init(_ lowering: QueryLowering) { self.lowering = lowering }

  /// Compiles a query tree.
  ///
  /// - Throws: ``QueryError`` for what cannot be asked of this index.
  public func compile(_ tree: QueryTree) throws -> Query { try lowering.lower(tree) }

  /// Compiles plain text: a bag of its terms, of which any may match.
  public func compile(text: String) -> Query { lowering.lowerBag(text) }
}
