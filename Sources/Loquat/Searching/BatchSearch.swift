// Many queries of plain text on one snapshot, as for evaluation.

import InvertedIndex

/// Answers plain text, not query syntax: a bag of its terms, of which any may match. One per thread.
public struct BatchSearch {
  private let searcher: Searcher
  private let compiler: QueryCompiler
  private let documents: DocumentReader

  /// Prepares a snapshot for searching, with its ranking or with other settings on top of it.
  public init(_ snapshot: IndexSnapshot, _ ranking: RankingSettings = RankingSettings()) throws {
    let merged = snapshot.ranking.merging(ranking)
    try merged.validate()
    searcher = snapshot.makeSearcher(snapshot.bm25(merged))
    compiler = try snapshot.makeQueryCompiler(snapshot.weights(merged))
    documents = snapshot.reader.makeDocumentReader()
  }

  /// The ids and scores of the best documents, best first.
  ///
  /// - Throws: `IndexError` when a part of the index is damaged.
  public func search(_ text: String, limit: Int) throws -> [(id: String, score: Float)] {
    try searcher.search(compiler.compile(text: text), SearchOptions(limit: limit)).hits.map {
      (try documents.id(of: $0.address), $0.score)
    }
  }
}
