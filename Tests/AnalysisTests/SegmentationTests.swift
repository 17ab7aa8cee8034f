// Dictionary words are those of ICU's break iterator.
import Analysis
import CICU
import TestSupport
import Testing

@Suite struct SegmentationTests {
  /// The words of a run by ICU itself.
  private func icuWords(_ run: String) -> [String] {
    guard let breaker = cicu_breaker_open() else { return [] }
    defer { cicu_breaker_close(breaker) }
    let units = Array(run.utf16)
    var ends = [Int32](repeating: 0, count: units.count + 1)
    var words: [String] = []
    units.withUnsafeBufferPointer { text in
      _ = cicu_breaker_set_text(breaker, text.baseAddress, Int32(text.count))
      var start = 0
      let found = Int(cicu_breaker_next(breaker, &ends, nil, Int32(units.count + 1)))
      for end in ends.prefix(found) {
        words.append(String(decoding: units[start..<Int(end)], as: UTF16.self))
        start = Int(end)
      }
    }
    return words
  }

  private func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3400...0x9FFF).contains(scalar.value) || (0x3041...0x30FE).contains(scalar.value) && scalar.value != 0x30FB
  }

  @Test(.enabled(if: Fixtures.hasShared), arguments: ["cmrc2018", "cmrc2018_hantq", "stard"])
  func boundariesAreICUs(collection: String) throws {
    let analyzer = try Analyzer()
    var runs = 0
    var differing: [String] = []
    for text in try Fixtures.texts(collection, limit: 400) {
      for run in analyzer.fold(text).unicodeScalars.split(whereSeparator: { !isHan($0) }) {
        let run = String(String.UnicodeScalarView(run))
        let own = AnalyzedText(run, analyzer).tokens.filter { $0.kind == .hanWord }.map(\.term)
        runs += 1
        if own != icuWords(run) { differing.append("\(run): \(own) \(icuWords(run))") }
      }
    }
    #expect(runs > 1000)
    #expect(differing.isEmpty, "\(differing.count) of \(runs): \(differing.prefix(5))")
  }

  @Test func runIsCutTheSameWhateverStandsBesideIt() throws {
    let analyzer = try Analyzer()
    let run = "研究生命科学"
    let words = { (text: String) in AnalyzedText(text, analyzer).tokens.filter { $0.kind == .hanWord }.map(\.term) }
    #expect(words("，" + run + "。下一句").starts(with: words(run)))
    #expect(words("DNA" + run + "RNA") == words(run))
  }

  /// Nothing but dictionary words depends on ICU: an analyzer that never asks it yields the same of every other kind.
  @Test func onlyWordsComeFromICU() throws {
    let mixed = try Analyzer()
    let english = try Analyzer(AnalyzerConfiguration(name: .english))
    var generator = SeededGenerator(seed: 20)
    for round in 0..<2000 {
      let text = HostileText.make(&generator)
      let others = { (analyzer: Analyzer) in AnalyzedText(bytes: text, analyzer).tokens.filter { $0.kind != .hanWord } }
      try #require(others(mixed) == others(english), "seed 20, round \(round)")
    }
    // Where ICU's own rules changed between versions.
    let words = { (text: String) in AnalyzedText(text, mixed).tokens.filter { $0.kind == .exact }.map(\.term) }
    #expect(words("user@example.com") == ["user@example.com", "user", "example", "com"])
    #expect(words("std::vector a:b 12:30") == ["std", "vector", "a", "b", "12", "30"])
  }

  /// The user's words in scripts that ICU cuts, and in Hangul, which is not cut at all.
  @Test(arguments: [
    ("ภาษาไทยยาก", "ภาษาไทย"), ("서울특별시청", "특별"), ("ខ្មែរភាសា", "ខ្មែរ"), ("カラオケ大会場", "大会場"),
  ])
  func usersWordsAreCutOutOfEveryRun(text: String, word: String) throws {
    let analyzer = try Analyzer(AnalyzerConfiguration(userWords: [word]))
    let words = AnalyzedText(text, analyzer).tokens.filter { $0.kind == .hanWord }
    #expect(words.map(\.term).contains(analyzer.fold(word)), "\(words.map(\.term))")
    #expect(words.map(\.term).joined() == analyzer.fold(text))
  }

  @Test func usersWordsWin() throws {
    let plain = AnalyzedText("這是大灣區青年", try Analyzer()).tokens.filter { $0.kind == .hanWord }.map(\.term)
    #expect(!plain.contains("大湾区"))
    let analyzer = try Analyzer(AnalyzerConfiguration(userWords: ["大灣區"]))
    let words = AnalyzedText("這是大灣區青年", analyzer).tokens.filter { $0.kind == .hanWord }.map(\.term)
    #expect(words.contains("大湾区"))
  }
}
