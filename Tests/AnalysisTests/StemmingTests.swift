// Stems are those of the library.
import Analysis
import CStemmer
import TestSupport
import Testing

@Suite struct StemmingTests {
  private func stems(_ text: String, _ analyzer: Analyzer) -> [String] {
    AnalyzedText(text, analyzer).tokens.filter { $0.kind == .stem }.map(\.term)
  }

  private func library(_ word: String) throws -> String {
    let stemmer = try #require(sb_stemmer_new("english", "UTF_8"))
    defer { sb_stemmer_delete(stemmer) }
    let stem = try #require(sb_stemmer_stem(stemmer, Array(word.utf8), Int32(word.utf8.count)))
    return String(decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
  }

  /// Made-up words with every ending that the algorithm knows, several at a time.
  @Test func everyStemIsTheLibrarys() throws {
    let analyzer = try Analyzer()
    let endings = [
      "", "s", "es", "ies", "ied", "us", "ss", "sses", "ed", "eed", "edly", "eedly", "ing", "ingly", "y", "ly",
      "tional", "enci",
      "ency", "anci", "ancy", "abli", "ably", "entli", "ently", "izer", "ization", "ational", "ation", "ator", "alism",
      "aliti", "ality", "alli", "ally", "fulness", "ousli", "ously", "ousness", "iveness", "iviti", "ivity", "biliti",
      "bility", "bli", "ogi", "ogy", "fulli", "fully", "lessli", "lessly", "li", "alize", "icate", "iciti", "icity",
      "ical",
      "ful", "ness", "ative", "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism",
      "ate",
      "iti", "ous", "ive", "ize", "ion", "sion", "tion", "e", "l", "ll", "n", "t", "m", "d", "g", "r", "c", "k", "a",
      "o",
    ]
    var generator = SeededGenerator(seed: 3)
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    var words = [
      "skis", "skies", "dying", "lying", "tying", "idly", "gently", "ugly", "early", "only", "singly", "sky", "news",
      "howe",
      "atlas", "cosmos", "bias", "andes", "inning", "outing", "canning", "herring", "earring", "proceed", "exceed",
      "succeed",
      "generate", "generic", "communism", "arsenal", "the", "yes", "youth", "boy", "boyish", "internationalization",
    ]
    for _ in 0..<30_000 {
      var word = ""
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        word.append(letters.randomElement(using: &generator) ?? "a")
      }
      for _ in 0..<Int.random(in: 0...3, using: &generator) { word += endings.randomElement(using: &generator) ?? "" }
      words.append(word)
    }
    let stemmer = try #require(sb_stemmer_new("english", "UTF_8"))
    defer { sb_stemmer_delete(stemmer) }
    // Twice: first asked, then remembered.
    for _ in 0..<2 {
      let found = stems(words.joined(separator: " "), analyzer)
      try #require(found.count == words.count)
      for (word, stem) in zip(words, found) where word.utf8.count <= 128 {
        let expected = try #require(sb_stemmer_stem(stemmer, Array(word.utf8), Int32(word.utf8.count)))
        let text = String(
          decoding: UnsafeBufferPointer(start: expected, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
        try #require(stem == text, "\(word)")
      }
    }
  }

  @Test(.enabled(if: Fixtures.hasShared)) func stemsOfRealWordsAreTheLibrarys() throws {
    let analyzer = try Analyzer()
    let stemmer = try #require(sb_stemmer_new("english", "UTF_8"))
    defer { sb_stemmer_delete(stemmer) }
    var words: Set<String> = []
    for text in try Fixtures.texts("xquad_en_wiki250k", limit: 4000) {
      for word in text.lowercased().split(whereSeparator: { !($0.isASCII && $0.isLetter) }) {
        words.insert(String(word))
      }
    }
    #expect(words.count > 10_000)
    let list = words.sorted()
    for (word, stem) in zip(list, stems(list.joined(separator: " "), analyzer)) {
      let expected = try #require(sb_stemmer_stem(stemmer, Array(word.utf8), Int32(word.utf8.count)))
      let length = Int(sb_stemmer_length(stemmer))
      let text = String(decoding: UnsafeBufferPointer(start: expected, count: length), as: UTF8.self)
      try #require(stem == text, "\(word)")
    }
  }

  @Test func possessivesAndContractionsStemAsTheirWords() throws {
    let analyzer = try Analyzer()
    #expect(stems("Macy's macys", analyzer) == ["maci", "maci"])
    #expect(stems("doesn't doesnt", analyzer) == ["doesnt", "doesn", "doesnt"])
    #expect(try library("running") == "run")
  }

  @Test func otherAnalyzersStemOrNot() throws {
    #expect(stems("running", try Analyzer(AnalyzerConfiguration(name: .english))) == ["run"])
    #expect(stems("running", try Analyzer(AnalyzerConfiguration(name: .chinese))) == ["running"])
    #expect(stems("Running, C++", try Analyzer(AnalyzerConfiguration(name: .whitespace))) == ["Running,", "C++"])
  }
}
