// Marks and passages: what is marked, where passages are cut, and that nothing is lost.

import Analysis
import Foundation
import TestSupport
import Testing

@testable import Loquat

@Suite struct HighlightingTests {
  private let analyzer: Analyzer
  private let highlighter: Highlighter

  init() throws {
    analyzer = try Analyzer()
    highlighter = Highlighter(analyzer: try Analyzer())
  }

  private func unit(_ term: String, _ kind: TermKind = .stem) -> HighlightTargets.Unit {
    HighlightTargets.Unit(kind: kind, term: Array(term.utf8))
  }

  private func units(_ terms: (String, TermKind)...) -> HighlightTargets {
    var targets = HighlightTargets()
    for (term, kind) in terms { targets.units[unit(term, kind)] = 1 }
    return targets
  }

  private func phrase(_ slots: (String, TermKind, Int32)..., slop: Int = 0) -> HighlightTargets {
    var targets = HighlightTargets()
    targets.phrases.append(
      HighlightTargets.Phrase(slots: slots.map { (unit($0, $1), $2) }, slop: slop, weight: 1))
    return targets
  }

  private func marks(_ text: String, _ targets: HighlightTargets) -> [String] {
    let bytes = Array(text.utf8)
    return highlighter.matches(in: bytes, targets).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  private func snippet(_ text: String, _ targets: HighlightTargets, length: Int = 160) -> Snippet {
    highlighter.snippet(of: Array(text.utf8), targets, options: SnippetOptions(length: length))
  }

  // MARK: Marks

  @Test func adjacentEnglishWordsAreSeparateMarks() {
    #expect(
      marks("Climate changes, climate", units(("climat", .stem), ("chang", .stem))) == [
        "Climate", "changes", "climate",
      ])
  }

  @Test func aPhraseIsOneMark() {
    let targets = phrase(("climat", .stem, 0), ("chang", .stem, 1))
    #expect(marks("climate\nchange; change climate; Climate Change", targets) == ["climate\nchange", "Climate Change"])
  }

  @Test func slopMovesWordsAndMarksOnlyThem() {
    let targets = phrase(("climat", .stem, 0), ("chang", .stem, 1), slop: 1)
    #expect(marks("climate will change; climate and so on change", targets) == ["climate", "change"])
  }

  @Test func slotsOfOneTermNeedDifferentTokens() {
    let targets = phrase(("new", .stem, 0), ("new", .stem, 1), slop: 2)
    #expect(marks("new york", targets) == [])
    #expect(marks("new and new", targets) == ["new", "new"])
  }

  @Test func noPhraseCrossesAnEmptyLine() {
    #expect(marks("climate\n\nchange", phrase(("climat", .stem, 0), ("chang", .stem, 1))) == [])
  }

  @Test func touchingChineseWordsAndThoseAcrossWhiteSpaceAreOneMark() {
    let targets = units(("香港", .hanBigram), ("研究", .hanBigram))
    #expect(marks("香港研究，香港 研究，香港\n研究", targets) == ["香港研究", "香港 研究", "香港\n研究"])
    #expect(marks("香港\n\n研究", targets) == ["香港", "研究"])
  }

  @Test func theWritersOwnCharactersAreMarked() throws {
    let simplified = try #require(TokenRecord.all(of: Array("科学".utf8), analyzer).first { $0.unit.kind == .hanBigram })
    var targets = HighlightTargets()
    targets.units[simplified.unit] = 1
    #expect(marks("香港科學園與科学园", targets) == ["科學", "科学"])
  }

  @Test func patternsSeeFoldedWords() {
    var targets = HighlightTargets()
    targets.patterns.append { $0.starts(with: Array("bio".utf8)) }
    #expect(marks("Biotech in ＢＩＯlogy, not a biped", targets) == ["Biotech", "ＢＩＯlogy"])
  }

  @Test func phrasesAreFoundAcrossChunksOfALongText() {
    let filler = String(repeating: "word ", count: 100_000)
    let targets = phrase(("climat", .stem, 0), ("chang", .stem, 1), slop: 0)
    #expect(marks(filler + "climate change " + filler + "climate change", targets).count == 2)
    let far = phrase(("climat", .stem, 0), ("chang", .stem, 1), slop: 100_000)
    #expect(marks("climate " + filler + "change", far) == ["climate", "change"])
    #expect(marks("climate word " + filler + "change", far) == [])
  }

  // MARK: Passages

  @Test func aTextWithoutMatchesGivesItsBeginning() {
    let snippet = snippet("  One two three four. Five six seven eight nine ten.", units(("absent", .stem)), length: 30)
    #expect(snippet.html() == "One two three four.")
    #expect(!snippet.isCutAtStart && !snippet.isCutAtEnd)
    #expect(self.snippet("", units(("absent", .stem))).html() == "")
    #expect(self.snippet(" \n ", units(("absent", .stem))).html() == "")
  }

  @Test func theWindowWithTheMostTellingWordsWins() {
    let filler = String(repeating: "Nothing of note happens in this sentence. ", count: 20)
    var targets = units(("common", .stem))
    targets.units[unit("rare", .stem)] = 5
    let text = "Common common common common. " + filler + "A rare and common thing. " + filler + "Rare common."
    #expect(snippet(text, targets, length: 60).html().hasPrefix("A <em>rare</em> and <em>common</em> thing."))
  }

  @Test func passagesBeginAndEndWithChineseSentences() {
    let filler = String(repeating: "這句話沒有甚麼內容。", count: 12)
    let text = filler + "香港科學園在沙田！園區設有實驗室；另有會議廳。" + filler
    let snippet = snippet(text, units(("沙田", .hanBigram)), length: 44)
    #expect(snippet.html() == "香港科學園在<em>沙田</em>！園區設有實驗室；")
    #expect(!snippet.isCutAtStart && !snippet.isCutAtEnd)
  }

  @Test func aPassageWithinALongSentenceShowsThatItIsCut() {
    let text =
      String(repeating: "word after word ", count: 50) + "needle " + String(repeating: "and more words ", count: 50)
    let html = snippet(text, units(("needl", .stem)), length: 40).html()
    #expect(html == "…after word <em>needle</em> and more words and…")
  }

  @Test func abbreviationsAndNumbersEndNoSentence() {
    let text =
      String(repeating: "Filler text here. ", count: 9) + "We paid 3.5 dollars to J. Smith, i.e. to him, for needles."
    #expect(snippet(text, units(("needl", .stem)), length: 64).plain().hasPrefix("We paid 3.5 dollars"))
  }

  @Test func aPhraseIsKeptWholeWhereItFits() {
    let text = String(repeating: "香港", count: 200) + "climate change policy of the city"
    let targets = phrase(("climat", .stem, 0), ("chang", .stem, 1), ("polici", .stem, 2))
    #expect(snippet(text, targets, length: 24).pieces.filter(\.isMatch).map(\.text) == ["climate change policy"])
    #expect(snippet(text, targets, length: 8).pieces.contains { $0.isMatch })
  }

  @Test func fullWidthCharactersCountTwice() {
    let text = String(repeating: "香", count: 100)
    let plain = snippet(text, HighlightTargets(), length: 20).plain()
    #expect(plain == String(repeating: "香", count: 10) + "…")
  }

  @Test func aLongTextIsReadOnlyAsFarAsNeeded() {
    let text = "The needle is here. " + String(repeating: "word ", count: 400_000) + "needle"
    let targets = units(("needl", .stem))
    let bytes = Array(text.utf8)
    let both = highlighter.matchesAndSnippet(of: bytes, targets)
    #expect(both.matches == highlighter.matches(in: bytes, targets))
    #expect(both.matches.count == 2)
    #expect(both.snippet == highlighter.snippet(of: bytes, targets))
    #expect(both.snippet.html().hasPrefix("The <em>needle</em> is here."))
  }

  // MARK: Output

  @Test func htmlIsEscapedAndWhiteSpaceFolded() {
    let html = snippet("a <b>needle</b> & \"x\"\n\t'y'\u{3000}z", units(("needl", .stem))).html()
    #expect(html == "a &lt;b&gt;<em>needle</em>&lt;/b&gt; &amp; &quot;x&quot; &#39;y&#39; z")
  }

  @Test func terminalsGetNoControlCharacters() {
    let snippet = snippet("a \u{1B}[2J needle\u{202E} \u{9B}31m\u{7F}b\u{2066}", units(("needl", .stem)))
    #expect(snippet.terminal(.plain) == "a [2J needle 31mb")
    #expect(snippet.terminal(.bold) == "a [2J \u{1B}[1mneedle\u{1B}[22m 31mb")
    #expect(snippet.terminal(.colour) == "a [2J \u{1B}[1;31mneedle\u{1B}[0m 31mb")
  }

  // MARK: Properties

  @Test(arguments: 0..<300 as Range<UInt64>)
  func marksAreExactlyTheMatches(seed: UInt64) {
    let sample = HighlightingSample(seed: seed, analyzer: analyzer, isWellFormed: seed % 4 != 0)
    checkMarks(sample, isWellFormed: seed % 4 != 0, "seed \(seed)")
  }

  private func checkMarks(_ sample: HighlightingSample, isWellFormed: Bool, _ name: Comment) {
    let ranges = highlighter.matches(in: sample.text, sample.targets)
    var end = -1
    var covered = [Bool](repeating: false, count: sample.text.count)
    for range in ranges {
      #expect(range.lowerBound > end && !range.isEmpty, name)
      end = range.upperBound
      for byte in range { covered[byte] = true }
    }
    let marked = NaiveHighlighting.marked(sample.text, sample.targets, analyzer)
    let markable = NaiveHighlighting.markable(sample.text, sample.targets, analyzer)
    for byte in sample.text.indices where marked[byte] { #expect(covered[byte], name) }
    for range in ranges {
      #expect(markable[range.lowerBound] && markable[range.upperBound - 1], name)
    }
    guard isWellFormed else { return }
    for range in ranges {
      #expect(sample.text[range.lowerBound] & 0xC0 != 0x80, name)
      #expect(range.upperBound == sample.text.count || sample.text[range.upperBound] & 0xC0 != 0x80, name)
    }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func aSnippetWithoutItsMarksIsThePassage(seed: UInt64) throws {
    let sample = HighlightingSample(seed: seed, analyzer: analyzer, isWellFormed: seed % 4 != 0)
    try checkSnippet(sample, isWellFormed: seed % 4 != 0, "seed \(seed)")
  }

  @Test func bothHoldForTheDocumentsOfTheCorpus() throws {
    let folder = URL(fileURLWithPath: "Corpus/Documents")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { ["md", "txt"].contains($0.pathExtension) }
    #expect(files.count > 100)
    for (seed, file) in files.sorted(by: { $0.path < $1.path }).enumerated() {
      let text = [UInt8](try Data(contentsOf: file))
      let isWellFormed = String(validating: text, as: UTF8.self) != nil
      var random = SeededGenerator(seed: UInt64(seed))
      let sample = HighlightingSample(text: text, using: &random, analyzer: analyzer)
      checkMarks(sample, isWellFormed: isWellFormed, "\(file.path), seed \(seed)")
      try checkSnippet(sample, isWellFormed: isWellFormed, "\(file.path), seed \(seed)")
    }
  }

  private func checkSnippet(_ sample: HighlightingSample, isWellFormed: Bool, _ name: Comment) throws {
    let options = SnippetOptions(length: sample.length)
    let snippet = highlighter.snippet(of: sample.text, sample.targets, options: options)
    let passage = String(decoding: sample.text[snippet.range], as: UTF8.self)
    if isWellFormed { #expect(snippet.pieces.map(\.text).joined() == passage, name) }
    var html = snippet.html()
    if snippet.isCutAtStart { #expect(html.removeFirst() == "…", name) }
    if snippet.isCutAtEnd { #expect(html.unicodeScalars.removeLast() == "…", name) }
    #expect(Self.unmarked(html) == WhiteSpace.fold(snippet.pieces.map(\.text).joined()), name)

    // The marks are those of the whole text, as far as they lie in the passage.
    var offset = snippet.range.lowerBound
    var inPassage: [Range<Int>] = []
    for piece in snippet.pieces where isWellFormed {
      if piece.isMatch { inPassage.append(offset..<offset + piece.text.utf8.count) }
      offset += piece.text.utf8.count
    }
    let all = highlighter.matches(in: sample.text, sample.targets)
    if isWellFormed {
      #expect(
        inPassage == all.filter { $0.overlaps(snippet.range) }.map { $0.clamped(to: snippet.range) }, name)
    }
    if !all.isEmpty { #expect(snippet.pieces.contains { $0.isMatch }, name) }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func passagesKeepToTheirLengthAndCutNoCharacter(seed: UInt64) {
    let sample = HighlightingSample(seed: seed, analyzer: analyzer)
    let options = SnippetOptions(length: sample.length)
    let range = highlighter.snippet(of: sample.text, sample.targets, options: options).range
    var boundaries: Set<Int> = [0]
    var end = 0
    for character in String(decoding: sample.text, as: UTF8.self) {
      end += character.utf8.count
      boundaries.insert(end)
    }
    #expect(boundaries.contains(range.lowerBound) && boundaries.contains(range.upperBound), "seed \(seed)")
    let cells = TextCell.cells(of: sample.text.span, in: range)
    #expect((cells.last?.column ?? 0) <= sample.length * TextWidth.column, "seed \(seed)")
    // Only a word that takes most of a passage is cut.
    let all = TextCell.cells(of: sample.text.span, in: sample.text.indices)
    for cut in [range.lowerBound, range.upperBound] where cut > 0 && cut < sample.text.count {
      let place = all.firstIndex { $0.start >= cut } ?? all.count - 1
      let before = all[..<place].reversed().prefix { $0.kind == .glued }.count
      let after = all[place...].prefix { $0.kind == .glued }.count
      let isAvoidable = before + after <= sample.length / 2
      let isWord = Self.isASCIILetter(sample.text[cut - 1]) && Self.isASCIILetter(sample.text[cut])
      #expect(!isWord || !isAvoidable, "seed \(seed), cut at \(cut)")
    }
  }

  private static func isASCIILetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func theWindowChosenIsTheBest(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 200)
    let weights = (0..<4).map { _ in Int.random(in: 1...9, using: &random) }
    let width = Int.random(in: 8...60, using: &random)
    var hits: [Hit] = []
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      let start = UInt32.random(in: 0..<180, using: &random)
      let end = start + UInt32.random(in: 1...8, using: &random)
      hits.append(Hit(start: start, end: end, target: Int32.random(in: 0..<4, using: &random), isMark: true))
    }
    hits.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    var best = 0
    for first in hits.indices {
      var counts = [0, 0, 0, 0]
      for hit in hits[first...] {
        guard hit.end <= hits[first].start + UInt32(width) else { break }
        counts[Int(hit.target)] += 1
        best = max(best, zip(counts, weights).reduce(0) { $0 + $1.1 * ($1.0 == 0 ? 0 : 15 + min($1.0, 4)) })
      }
    }
    let choice = PassageChooser.best(hits, weights: weights, width: width * TextWidth.column, in: text.span)
    #expect(choice?.score == best, "seed \(seed)")
    #expect((choice?.core.count ?? .max) <= width, "seed \(seed)")
  }

  /// HTML without its marks, its references resolved. The text has no `<em>` of its own, for it would be escaped.
  private static func unmarked(_ html: String) -> String {
    var result = html
    for (reference, character) in [
      ("<em>", ""), ("</em>", ""), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      result = result.split(separator: reference, omittingEmptySubsequences: false).joined(separator: character)
    }
    return result
  }
}
