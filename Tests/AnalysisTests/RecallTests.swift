// Whatever stands in a text is found in it.
import Analysis
import TestSupport
import Testing

@Suite struct RecallTests {
  private func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value)
  }

  /// Random stretches of one to six Han characters, quoted and unquoted.
  @Test(.enabled(if: Fixtures.hasShared)) func everyStretchOfHanIsFound() throws {
    let analyzer = try Analyzer()
    var generator = SeededGenerator(seed: 1)
    var tried = 0
    for collection in ["cmrc2018", "stard", "xquad_mixed"] {
      for text in try Fixtures.texts(collection, limit: 150) {
        let runs = text.unicodeScalars.split(whereSeparator: { !isHan($0) }).map(Array.init)
        guard !runs.isEmpty else { continue }
        let analyzed = AnalyzedText(text, analyzer)
        for _ in 0..<25 {
          guard let run = runs.randomElement(using: &generator) else { continue }
          let length = min(Int.random(in: 1...6, using: &generator), run.count)
          let start = Int.random(in: 0...(run.count - length), using: &generator)
          let query = String(String.UnicodeScalarView(run[start..<start + length]))
          tried += 1
          let isFound = analyzed.matches(analyzer.analyzeQuery(query))
          #expect(isFound, "seed 1, \(collection): \(query)")
          let isQuoteFound = analyzed.hasPhrase(analyzer.analyzeQuery(query, quoted: true).phrase)
          #expect(isQuoteFound, "seed 1, \(collection): \"\(query)\"")
        }
      }
    }
    #expect(tried > 5000)
  }

  /// Random words, and quoted spans of two to five, of what stands between blanks.
  @Test(.enabled(if: Fixtures.hasShared)) func everyWordAndSpanIsFound() throws {
    let analyzer = try Analyzer()
    var generator = SeededGenerator(seed: 2)
    var tried = 0
    for collection in ["xquad_en_wiki250k", "pubmedqa", "xquad_mixed"] {
      for text in try Fixtures.texts(collection, limit: 300) {
        let analyzed = AnalyzedText(text, analyzer)
        let letters = text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).filter { word in
          word.allSatisfy { $0.isASCII && $0.isLetter }
        }
        let words = text.split(separator: " ")
        for _ in 0..<12 {
          if let word = letters.randomElement(using: &generator), word.utf8.count > 1 {
            tried += 1
            let isFound = analyzed.matches(analyzer.analyzeQuery(String(word)))
            #expect(isFound, "seed 2, \(collection): \(word)")
          }
          guard words.count > 5 else { continue }
          let length = Int.random(in: 2...5, using: &generator)
          let start = Int.random(in: 0...(words.count - length), using: &generator)
          let span = words[start..<start + length].joined(separator: " ")
          let query = analyzer.analyzeQuery(span, quoted: true)
          guard !query.isEmpty else { continue }
          tried += 1
          let isFound = analyzed.hasPhrase(query.phrase)
          #expect(isFound, "seed 2, \(collection): \"\(span)\" \(query.phrase.map(\.text))")
        }
      }
    }
    #expect(tried > 10_000)
  }
}
