// A run of a query without spaces.

/// A run of Han characters, kana, Hangul, Thai or the like.
public struct HanUnit: Sendable, Hashable {
  /// The run's characters, one for each position, kind `.hanCharacter`.
  public let characters: [QueryTerm]
  /// Its overlapping bigrams; none when it is one character.
  public let bigrams: [QueryTerm]
  /// Its words as a document would have them; empty for analyzers without words.
  public let words: [QueryTerm]
  /// The plausible ways to cut the run into words: `words`, then, where they were asked for, others that cut across it
  /// (研究|生命 and 研究生|命).
  /// With `and`, a document matches that has all pieces of one of them, stop words apart, or the whole `phrase`. The
  /// last has the synonyms of words within the run where there are any. One
  /// that is the phrase alone for analyzers without words.
  public let segmentations: [[HanPiece]]
  /// Bigrams, or the single character, that stand for the whole run when each is found at its position.
  public let phrase: [QueryTerm]
  /// Its UTF-8 bytes in the query's text.
  public let range: Range<Int>
}

extension HanUnit {
  /// As few bigrams as hold every character of a range of the run; the last two may overlap. The character itself
  /// where it is one.
  func cover(_ range: Range<Int>) -> [QueryTerm] { HanUnit.cover(range, characters, bigrams) }

  static func cover(_ range: Range<Int>, _ characters: [QueryTerm], _ bigrams: [QueryTerm]) -> [QueryTerm] {
    guard range.count > 1 else { return Array(characters[range]) }
    var cover = stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).map { bigrams[$0] }
    if range.count % 2 == 1 { cover.append(bigrams[range.upperBound - 2]) }
    return cover
  }
}
