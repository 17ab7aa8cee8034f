// The scanner of the whitespace analyzer against splitting by Unicode's property.
import Analysis
import Testing

@Suite struct WhitespaceScannerTests {
  private static let pieces: [String] = [
    "a", "to", "Word", "exactlyeightbytes", "1,234.5", "\u{7F}", "\u{01}", "\u{1F}", "香港", "é", "𨋢", " ", " ", " ",
    "\n", "\t", "\u{0B}", "\r\n", "\u{85}", "\u{A0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{202F}", "\u{3000}",
  ]

  @Test(arguments: UInt64(0)..<200) func tokensAreWhatLiesBetweenWhiteSpace(seed: UInt64) throws {
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    // Some texts are ASCII only, some have little else, most have all.
    let pieces = seed % 3 == 0 ? Self.pieces.filter { $0.utf8.allSatisfy { $0 < 0x80 } } : Self.pieces
    let ascii = seed % 3 == 1 ? 30 : 0
    let text = (0..<random(400)).map { _ in
      random(ascii + 1) > 0 ? ["some ", "words ", "x "][random(3)] : pieces[random(pieces.count)]
    }.joined()
    var expected: [AnalyzedText.Found] = []
    var token = ""
    var offset = 0
    func end() {
      if !token.isEmpty {
        expected.append(
          .init(
            term: token, kind: .stem, position: Int32(expected.count), positionLength: 1,
            range: offset - token.utf8.count..<offset))
      }
      token = ""
    }
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace { end() } else { token.unicodeScalars.append(scalar) }
      offset += UTF8.width(scalar)
    }
    end()
    let analyzer = try Analyzer(AnalyzerConfiguration(name: .whitespace))
    #expect(AnalyzedText(text, analyzer).tokens == expected)
  }
}
