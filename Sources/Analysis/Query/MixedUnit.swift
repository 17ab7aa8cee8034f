// A mixed token of a query.

/// Words and runs without white space between them (SARS-CoV-2, 5G網絡, std::vector): it matches as the whole or as the
/// phrase of its parts, never as a bag of them.
public struct MixedUnit: Sendable, Hashable {
  /// A part.
  public enum Part: Sendable, Hashable {
    case word(WordUnit)
    case han(HanUnit)
  }

  /// The token as a whole, where it has a term of its own.
  public let whole: WordUnit?
  /// Its parts, in order.
  public let parts: [Part]
  /// Terms that stand for all parts when each is found at its position.
  public let phrase: [QueryTerm]
  /// The same, less strictly, for tokens that a long run is part of (2024年香港生物科技報告): groups of terms, each to be
  /// found as a phrase. Words hold together with the Han word that touches them, or its character where no dictionary has
  /// the word, unless that is a stop word (什么是BCPL); the rest of a run stands in pieces of its first segmentation. One
  /// group where no run has further pieces.
  public let groups: [[QueryTerm]]
  /// Its UTF-8 bytes in the query's text.
  public let range: Range<Int>
}
