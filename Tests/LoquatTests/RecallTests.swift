// Whatever stands in a document finds it, through a real index.

import Loquat
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isThere, "skipped: needs the shared test data (LOQUAT_SHARED)"))
struct RecallTests {
  private static let isLong = testFlag("LOQUAT_TORTURE")
  private static let tries = 10_000

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3400...0x9FFF).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0x20000...0x3FFFF).contains(scalar.value)
  }

  /// One to six neighbouring Han characters, quoted and not.
  @Test func everyStretchOfHanFindsItsDocument() throws {
    let sample = try CollectionSample([
      ("cmrc2018", 2000), ("xquad_zh", 240), ("xquad_mixed", 480), ("stard", Self.isLong ? 60_000 : 1500),
    ])
    let runs = sample.texts.map { text in
      text.unicodeScalars.split(whereSeparator: { !Self.isHan($0) }).map(Array.init)
    }
    let documents = runs.indices.filter { !runs[$0].isEmpty }
    #expect(documents.count > 1000)
    var generator = SeededGenerator(seed: 31)
    var missed: [String] = []
    for _ in 0..<Self.tries {
      guard let document = documents.randomElement(using: &generator),
        let run = runs[document].randomElement(using: &generator)
      else { continue }
      let length = min(Int.random(in: 1...6, using: &generator), run.count)
      let start = Int.random(in: 0...(run.count - length), using: &generator)
      let query = String(String.UnicodeScalarView(run[start..<start + length]))
      if !(try sample.finds(query, document: document)) { missed.append(query) }
      if !(try sample.finds("\"\(query)\"", document: document)) { missed.append("\"\(query)\"") }
    }
    #expect(missed.isEmpty, "seed 31: \(missed.count) of \(2 * Self.tries): \(missed.prefix(10))")
  }

  private func english() throws -> CollectionSample {
    try CollectionSample([
      ("pubmedqa", 1000), ("xquad_mixed", 480), ("xquad_en_wiki250k", Self.isLong ? 50_000 : 2000),
    ])
  }

  @Test func everyEnglishWordFindsItsDocument() throws {
    let sample = try english()
    let words = sample.texts.map { text -> [Substring] in
      // `.tk` is a name of its own, and not the word `tk`.
      let names = text.split(whereSeparator: \.isWhitespace).filter {
        $0.first(where: { !"(['\"".contains($0) }) != "."
      }
      // A contraction (we're) is one word, and what stands behind its apostrophe none.
      return names.flatMap { $0.split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"'’".contains($0) }) }.map {
        $0.prefix { !"'’".contains($0) }
      }.filter { word in
        word.utf8.count > 1 && word.allSatisfy { $0.isASCII && $0.isLetter } && !["AND", "OR", "NOT"].contains(word)
      }
    }
    let documents = words.indices.filter { !words[$0].isEmpty }
    #expect(documents.count > 1000)
    var generator = SeededGenerator(seed: 32)
    var missed: [Substring] = []
    for _ in 0..<Self.tries {
      guard let document = documents.randomElement(using: &generator),
        let word = words[document].randomElement(using: &generator)
      else { continue }
      if !(try sample.finds(String(word), document: document)) { missed.append(word) }
    }
    #expect(missed.isEmpty, "seed 32: \(missed.count) of \(Self.tries): \(missed.prefix(10))")
  }

  /// What stands between blanks, two to five at a time, punctuation and all.
  @Test func everyQuotedSpanFindsItsDocument() throws {
    let sample = try english()
    let words = sample.texts.map { $0.split(separator: " ") }
    let documents = words.indices.filter { words[$0].count > 5 }
    let analyzer = try Analyzer()
    var generator = SeededGenerator(seed: 33)
    var missed: [String] = []
    var tried = 0
    while tried < Self.tries {
      guard let document = documents.randomElement(using: &generator) else { break }
      let length = Int.random(in: 2...5, using: &generator)
      let start = Int.random(in: 0...(words[document].count - length), using: &generator)
      let span = words[document][start..<start + length].joined(separator: " ")
      if analyzer.analyzeQuery(span, quoted: true).isEmpty { continue }
      tried += 1
      if !(try sample.finds(QueryTree.phrase(span).description, document: document)) { missed.append(span) }
    }
    #expect(tried == Self.tries)
    #expect(missed.isEmpty, "seed 33: \(missed.count) of \(Self.tries): \(missed.prefix(10))")
  }
}
