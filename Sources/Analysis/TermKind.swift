// The kinds of terms that analysis yields.

/// What a term is. Each kind is a term space of its own in the index: the word 香港 and the bigram 香港 are two terms.
public enum TermKind: UInt8, Sendable, CaseIterable, Codable {
  /// A folded word of a script that is written with spaces, not stemmed, or a whole mixed token (`sars-cov-2`).
  case exact = 0
  /// The stem of such a word; its folded form where nothing is stemmed. Every `.exact` token has one beside it.
  case stem = 1
  /// A dictionary word of a run of a script that is written without spaces (Han, kana, Thai …), or a run of Hangul.
  case hanWord = 2
  /// Two neighbouring characters of such a run.
  case hanBigram = 3
  /// One character of such a run.
  case hanCharacter = 4
}
