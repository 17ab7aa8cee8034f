// Which words a language has, in order of frequency, and what they are about.

/// The known words of a language with their ranks: function words first, then general and topical words interleaved.
struct Vocabulary {
  /// A word and where it is used.
  struct Word {
    let text: Substring
    /// The theme, or nil for words that every document uses.
    let theme: Int?
    /// The place in the list of the theme.
    let position: Int
  }

  /// The words by rank, each once.
  let words: [Word]

  /// The vocabulary from lists of words separated by blanks and line ends, the most frequent first.
  init(function: String, general: String, themes: [String]) {
    var seen: Set<Substring> = []
    func split(_ text: String, theme: Int?) -> [Word] {
      text.split(whereSeparator: \.isWhitespace).filter { seen.insert($0).inserted }.enumerated()
        .map { Word(text: $1, theme: theme, position: $0) }
    }
    let first = split(function, theme: nil)
    var rest: [(key: Int, order: Int, word: Word)] = []
    let lists = [split(general, theme: nil)] + themes.enumerated().map { split($1, theme: $0) }
    for list in lists {
      for word in list {
        // The relative place in its list decides the rank; integers keep the order the same everywhere.
        let key = (2 * word.position + 1) * 1_000_000 / (2 * list.count)
        rest.append((key, rest.count, word))
      }
    }
    rest.sort { ($0.key, $0.order) < ($1.key, $1.order) }
    words = first + rest.map(\.word)
  }
}
