// How much each part of a score counts.

public import Analysis
import Storage

/// Weights of the parts of a score, chosen when a query is made, not when documents are indexed.
///
/// The score of a document is the sum of BM25 of each unit of the query times the unit's weight, with one document length
/// for all kinds. Words come first, bigrams and single characters beside them (Kwok, "Employing multiple
/// representations for Chinese information retrieval", 1999). `Docs/Ranking.md` has the formula and measurements. A
/// weight of 0 switches a part off, and then it costs nothing.
public struct RankingWeights: Sendable, Hashable {
  /// Words of scripts written with spaces, by their stems.
  public var word: Float = 1
  /// Beside its stem the word as it is typed, folded: what puts `running` above `runs` for who asks for `running`.
  public var exact: Float = 0.15
  /// Dictionary words of runs without spaces.
  public var hanWord: Float = 1
  /// Bigrams of such runs.
  public var hanBigram: Float = 0.7
  /// Single characters of such runs.
  public var hanCharacter: Float = 0.7
  /// By how much the idf of a character is lowered where it only adds to a score, to 0 at the least: a question has dozens
  /// of characters that stand in a third of all documents, which tell little beside its words.
  public var commonCharacter: Float = 1.2
  /// The factor for stop words, and for units that lie inside one.
  public var stopWord: Float = 0.35
  /// Two words that follow each other in the query, stop words left out, and stand in the document at the same distance:
  /// BM25 of the pair with the sum of the two idf.
  public var adjacency: Float = 0.125
  /// The same two words near each other in any order, as a phrase with a slop of 8; 0 by default.
  public var proximity: Float = 0
  /// Words of the query in the title, beside what they count in the text, which holds the title too. It helps where
  /// titles name what a document is about, and hurts a little where they name what it is part of.
  public var title: Float = 0.05
  /// Words of the query in a heading; headings are part of the text too.
  public var headings: Float = 0.1
  /// Words of the query in the path of a file.
  public var path: Float = 0.2
  /// Documents in the script of the query, where it shows one: Traditional or Simplified Chinese.
  public var script: Float = 0.5

  /// By how much of itself the score of something new grows in searches that ask for what is recent
  /// (``SearchRequest/recency``).
  public var recency: Float = 1

  /// The factor for words that stand for a word of the query by the synonym file, less than what was typed. Not tuned.
  public var synonym: Float = 0.5

  /// The default weights.
  public init() {}

  /// The default weights for an analyzer: for `whitespace` plain BM25, which compares with other engines.
  public init(for analyzer: AnalyzerName) {
    if analyzer == .whitespace {
      for bonus in [\RankingWeights.exact, \.adjacency, \.title, \.headings, \.path, \.script] {
        self[keyPath: bonus] = 0
      }
    }
  }

  /// The weights by name, as the command line and the index's settings call them.
  static var named: [(name: String, weight: WritableKeyPath<RankingWeights, Float>)] {
    [
      ("word", \.word), ("exact", \.exact), ("han-word", \.hanWord), ("han-bigram", \.hanBigram),
      ("han-character", \.hanCharacter), ("common-character", \.commonCharacter), ("stop-word", \.stopWord),
      ("synonym", \.synonym), ("adjacency", \.adjacency),
      ("proximity", \.proximity), ("title", \.title), ("headings", \.headings), ("path", \.path), ("script", \.script),
      ("recency", \.recency),
    ]
  }

  static func check(_ weight: Float, _ name: String) throws(IndexError) {
    guard weight >= 0, weight <= 1000 else {
      throw IndexError(.invalidArgument, "the weight \"\(name)\" lies between 0 and 1000")
    }
  }

  /// Checks that all lie in their range.
  ///
  /// - Throws: an `IndexError` with code `invalidArgument` that says which does not.
  func validate() throws(IndexError) {
    for (name, weight) in Self.named { try Self.check(self[keyPath: weight], name) }
  }

  /// The names of the weights.
  public static var names: [String] { named.map(\.name) }

  /// A weight by its name; nil for a name that is none. Setting one that is none does nothing.
  public subscript(name: String) -> Float? {
    get { Self.named.first { $0.name == name }.map { self[keyPath: $0.weight] } }
    set {
      guard let newValue, let entry = Self.named.first(where: { $0.name == name }) else { return }
      self[keyPath: entry.weight] = newValue
    }
  }
}
