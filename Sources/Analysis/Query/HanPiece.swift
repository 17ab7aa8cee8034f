// A piece of one segmentation of a run.

/// A dictionary word, or neighbouring characters that no dictionary word holds: those are more likely one unknown word
/// (a name) than words of their own, and count only together.
public struct HanPiece: Sendable, Hashable {
  /// One word, or bigrams that stand for the characters when each is found at its position.
  public let terms: [QueryTerm]
  /// Whether it is a stop word.
  public let isStopWord: Bool
  /// What stands for it by the synonym file, each analysed.
  public let alternatives: [AnalyzedQuery]

  /// How many characters it is.
  var length: Int { terms.last.map { Int($0.position + $0.positionLength - terms[0].position) } ?? 0 }

  init(terms: [QueryTerm], isStopWord: Bool, alternatives: [AnalyzedQuery] = []) {
    self.terms = terms
    self.isStopWord = isStopWord
    self.alternatives = alternatives
  }
}
