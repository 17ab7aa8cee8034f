// Rare Chinese words, made of common characters and words.

/// Composes a word of two to four characters from a number: characters, or a known word with a prefix, a suffix or
/// another word.
///
/// The two composers for Traditional and Simplified text make the same word of the same number, each in its script.
final class ChineseComposer: Sendable {
  private let characters: PieceTable
  private let bases: PieceTable
  private let suffixes: PieceTable
  private let prefixes: PieceTable

  /// What the hot loop composes with.
  struct View {
    let characters: PieceTable.View
    let bases: PieceTable.View
    let suffixes: PieceTable.View
    let prefixes: PieceTable.View

    /// Writes the word of a number to `out`, where 32 bytes have to be free, and returns its end.
    ///
    /// - Parameter short: Whether to prefer two characters, as in the core vocabulary.
    @inline(__always)
    func compose(_ number: UInt32, short: Bool, to out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
      let random = SplitMix64.mix(UInt64(number) ^ 0x4841_4E5A_4900_0000)
      switch (random &>> 60, short) {
      case (0...4, _), (5...9, true):
        return characters.copy(random &>> 16, to: characters.copy(random, to: out))
      case (5...8, _):
        return suffixes.copy(random &>> 16, to: bases.copy(random, to: out))
      case (9...10, _):
        return bases.copy(random &>> 16, to: prefixes.copy(random, to: out))
      case (11...13, _):
        return bases.copy(random &>> 16, to: bases.copy(random, to: out))
      default:
        return characters.copy(
          random &>> 32, to: characters.copy(random &>> 16, to: characters.copy(random, to: out)))
      }
    }
  }

  /// The composer of one script, from the known words of two characters and a way to write words in the script.
  ///
  /// The known words have to come in the same order for both scripts.
  init(bases known: [Substring], script: (Substring) -> String) {
    // A character stands in the table as often as Zipf's law asks for, by its place in the list.
    let list = ChineseWords.characters.unicodeScalars
    var entries: [String] = []
    for (index, character) in list.enumerated() {
      let text = script(Substring(String(Character(character))))
      let copies = max(1, Int(900 * RankLaw.weight(rank: 20 + Double(index))))
      entries.append(contentsOf: repeatElement(text, count: copies))
    }
    characters = PieceTable(entries)
    bases = PieceTable(known.map(script))
    suffixes = PieceTable(ChineseWords.suffixes.split(separator: " ").map(script))
    prefixes = PieceTable(ChineseWords.prefixes.split(separator: " ").map(script))
  }

  /// The tables for the hot loop. The composer has to outlive the view.
  var view: View {
    View(characters: characters.view, bases: bases.view, suffixes: suffixes.view, prefixes: prefixes.view)
  }
}
