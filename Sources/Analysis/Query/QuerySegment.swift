// A piece of a query that matches or doesn't, as one.

/// What stands between two boundaries of a query: white space, or punctuation that isn't part of a token.
public enum QuerySegment: Sendable, Hashable {
  /// One word.
  case word(WordUnit)
  /// A mixed token.
  case mixed(MixedUnit)
  /// A run of Han characters or of another script written without spaces.
  case han(HanUnit)

  /// Its UTF-8 bytes in the query's text.
  public var range: Range<Int> {
    switch self {
    case .word(let unit): unit.range
    case .mixed(let unit): unit.range
    case .han(let unit): unit.range
    }
  }

  /// Terms that stand for it when each is found at its position.
  public var phrase: [QueryTerm] {
    switch self {
    case .word(let unit): [unit.stem]
    case .mixed(let unit): unit.phrase
    case .han(let unit): unit.phrase
    }
  }

  /// Whether it is nothing but a stop word.
  public var isStopWord: Bool {
    switch self {
    case .word(let unit): unit.isStopWord
    case .han(let unit): unit.words.count == 1 && unit.words[0].isStopWord
    case .mixed: false
    }
  }
}
