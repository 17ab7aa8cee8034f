// The tables that documents are drawn from: built once, then only read.

/// The language of the generated corpora: words, topics and names, the same for every seed.
///
/// Building takes some milliseconds and about one megabyte. A model may be used by any number of threads.
public final class CorpusModel: Sendable {
  /// The number of topics, shared by both languages: four for each theme of ``ThemeWords``.
  static let topicCount = 64

  let english: Lexicon
  let chinese: Lexicon
  /// English words, each followed by a blank.
  let englishWords: WordArena
  let traditionalWords: WordArena
  let simplifiedWords: WordArena
  let englishComposer: EnglishComposer
  let traditionalComposer: ChineseComposer
  let simplifiedComposer: ChineseComposer
  let englishNames: NameBook
  let traditionalNames: NameBook
  let simplifiedNames: NameBook
  let traditionalMeasures: WordArena
  let simplifiedMeasures: WordArena
  /// The section of each topic.
  let sections: [[UInt8]]

  /// Builds the tables.
  public init() {
    let converter = ScriptPairs.Converter()
    let traditional: (Substring) -> String = { String($0) }
    let themes = ThemeWords.all

    let englishVocabulary = Vocabulary(
      function: EnglishWords.function, general: EnglishWords.general, themes: themes.map(\.english))
    let chineseVocabulary = Vocabulary(
      function: ChineseWords.function, general: ChineseWords.general, themes: themes.map(\.chinese))
    english = Lexicon(englishVocabulary, seed: 0x656E)
    chinese = Lexicon(chineseVocabulary, seed: 0x7A68)

    englishComposer = EnglishComposer()
    let bases = chineseVocabulary.words.map(\.text).filter { word in
      word.unicodeScalars.count == 2 && word.utf8.count == 6 && converter.simplified(word).utf8.count == 6
    }
    traditionalComposer = ChineseComposer(bases: bases, script: traditional)
    simplifiedComposer = ChineseComposer(bases: bases, script: converter.simplified)

    let englishView = englishComposer.view
    englishWords = Self.store(englishVocabulary.words.map { String($0.text) }, ranks: english.ranks, end: " ") {
      englishView.compose($0, short: true, to: $1)
    }
    let traditionalView = traditionalComposer.view
    traditionalWords = Self.store(chineseVocabulary.words.map { String($0.text) }, ranks: chinese.ranks, end: "") {
      traditionalView.compose($0, short: true, to: $1)
    }
    let simplifiedView = simplifiedComposer.view
    simplifiedWords = Self.store(
      chineseVocabulary.words.map { converter.simplified($0.text) }, ranks: chinese.ranks, end: ""
    ) {
      simplifiedView.compose($0, short: true, to: $1)
    }

    englishNames = NameBook(english: englishComposer)
    traditionalNames = NameBook(english: englishComposer, script: traditional)
    simplifiedNames = NameBook(english: englishComposer, script: converter.simplified)
    traditionalMeasures = Self.measures(traditional)
    simplifiedMeasures = Self.measures(converter.simplified)

    let subtopics = Self.topicCount / themes.count
    sections = (0..<Self.topicCount).map { Array(themes[$0 / subtopics].section.utf8) }
  }

  /// The arena of the known words and the composed words of the core vocabulary, in the order that `ranks` says.
  private static func store(
    _ known: [String], ranks: [Int], end: String,
    compose: (UInt32, UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
  ) -> WordArena {
    let arena = WordArena(capacity: Lexicon.storedWords)
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { scratch in
      guard let base = scratch.baseAddress else { return }
      for rank in ranks {
        if rank < known.count {
          arena.append((known[rank] + end).utf8)
          continue
        }
        // Numbers above those of all rare words, so that the two kinds do not meet.
        var number = UInt32(1 << 30 + rank)
        var length = compose(number, base) - base
        while length + end.utf8.count > WordArena.maximumLength {
          number += UInt32(Lexicon.storedWords)
          length = compose(number, base) - base
        }
        arena.append(Array(scratch[0..<length]) + end.utf8)
      }
    }
    return arena
  }

  private static func measures(_ script: (Substring) -> String) -> WordArena {
    let words = ChineseWords.measures.split(separator: " ")
    let arena = WordArena(capacity: words.count)
    for word in words { arena.append(script(word).utf8) }
    return arena
  }

  /// Appends the documents with the numbers in `range` to a block.
  ///
  /// A document depends on the parameters and its number only. Linear in the bytes produced.
  /// - Parameter recordingWords: Whether to note a hash of every word in the block, for statistics; about half as fast.
  public func generate(
    _ range: Range<UInt64>, parameters: CorpusParameters, into block: CorpusBlock, recordingWords: Bool = false
  ) {
    if recordingWords {
      var writer = DocumentWriter<WordRecorder>(model: self, parameters: parameters, block: block)
      for document in range { writer.write(document) }
      writer.finish()
    } else {
      var writer = DocumentWriter<NoRecorder>(model: self, parameters: parameters, block: block)
      for document in range { writer.write(document) }
      writer.finish()
    }
  }
}
