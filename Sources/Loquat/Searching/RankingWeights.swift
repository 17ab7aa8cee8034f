// How much each kind of unit counts.

/// Weights of the kinds of units in a score, chosen when a query is made, not when documents are indexed.
///
/// The score of a document is the sum of BM25 of each unit times the unit's weight, with one document length for all
/// kinds. The defaults follow Kwok, "Employing multiple representations for Chinese information retrieval" (1999): words
/// first, bigrams and single characters beside them; see `Docs/Ranking.md` for measurements.
public struct RankingWeights: Sendable, Hashable {
  /// Words of scripts written with spaces, by their stems.
  public var word: Float = 1
  /// Dictionary words of runs without spaces.
  public var hanWord: Float = 1
  /// Bigrams of such runs.
  public var hanBigram: Float = 0.5
  /// Single characters of such runs.
  public var hanCharacter: Float = 0.5
  /// The factor for stop words, and for units that lie inside one.
  public var stopWord: Float = 0.3

  /// The factor for words that stand for a word of the query by the synonym file, less than what was typed. Not tuned.
  public var synonym: Float = 0.5

  /// The default weights.
  public init() {}
}
