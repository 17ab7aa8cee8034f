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
  /// Its UTF-8 bytes in the query's text.
  public let range: Range<Int>
}
