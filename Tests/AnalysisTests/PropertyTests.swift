// Laws that hold for every text.
import Analysis
import TestSupport
import Testing

@Suite struct PropertyTests {
  @Test(arguments: AnalyzerName.allCases) func tokensAreInOrderAndOnCharacterBoundaries(name: AnalyzerName) throws {
    let analyzer = try Analyzer(AnalyzerConfiguration(name: name))
    var generator = SeededGenerator(seed: 20_260_101)
    for round in 0..<4000 {
      let bytes = HostileText.make(&generator)
      let text = AnalyzedText(bytes: bytes, analyzer)
      var position: Int32 = 0
      for token in text.tokens {
        let label: Comment = "seed 20260101, round \(round), \(name), \(token)"
        try #require(token.position >= position, label)
        position = token.position
        try #require(token.positionLength >= 1, label)
        try #require(!token.term.isEmpty, label)
        try #require(token.term.utf8.count <= Analyzer.maximumTermLength, label)
        try #require(token.range.lowerBound < token.range.upperBound && token.range.upperBound <= bytes.count, label)
        // A well-formed text is only cut between characters.
        if String(validating: bytes, as: UTF8.self) != nil {
          try #require(bytes[token.range.lowerBound] & 0xC0 != 0x80, label)
          if token.range.upperBound < bytes.count {
            try #require(bytes[token.range.upperBound] & 0xC0 != 0x80, label)
          }
        }
      }
    }
  }

  @Test func foldingTwiceChangesNothing() throws {
    let analyzer = try Analyzer()
    for value in UInt32(0)..<0x110000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = analyzer.fold(String(Character(scalar)))
      try #require(analyzer.fold(once) == once, "U+\(String(value, radix: 16))")
    }
    var generator = SeededGenerator(seed: 7)
    for round in 0..<4000 {
      let text = String(decoding: HostileText.make(&generator), as: UTF8.self)
      let once = analyzer.fold(text)
      try #require(analyzer.fold(once).unicodeScalars.elementsEqual(once.unicodeScalars), "seed 7, round \(round)")
    }
  }

  @Test func foldedTermsAnalyseToThemselves() throws {
    let analyzer = try Analyzer()
    var generator = SeededGenerator(seed: 11)
    for round in 0..<4000 {
      let text = String(decoding: HostileText.make(&generator), as: UTF8.self)
      let terms = AnalyzedText(text, analyzer).tokens.filter { $0.kind != .stem }
      for token in terms {
        try #require(analyzer.fold(token.term) == token.term, "seed 11, round \(round), \(token)")
      }
    }
  }

  @Test func flushedPiecesGiveTheTokensOfTheWhole() throws {
    // Longer than the buffer, with runs longer than a piece, and words longer than a term.
    let analyzer = try Analyzer()
    let unit = "The quick-brown fox 香港科學園的生物科技公司 state_machine v1.2.3 "
    let text =
      String(repeating: unit, count: 3000) + String(repeating: "中", count: 10_000)
      + String(repeating: "x", count: 1000)
    var flushes = 0
    var last: Int32 = -1
    var characters = 0
    var bigrams = 0
    var next: Int32 = 0
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      next = analyzer.analyze(bytes, firstPosition: 5, into: TokenBuffer()) { buffer in
        flushes += 1
        for index in 0..<buffer.count {
          let token = buffer[index]
          if token.position < last { Issue.record("positions go back at \(token)") }
          last = token.position
          if token.kind == .hanCharacter { characters += 1 }
          if token.kind == .hanBigram { bigrams += 1 }
        }
      }
    }
    #expect(flushes > 3)
    #expect(characters == 3000 * 12 + 10_000)
    #expect(bigrams == 3000 * 11 + 9_999)
    #expect(next > last)
    let small = AnalyzedText(unit, analyzer).tokens.count
    let double = AnalyzedText(unit + unit, analyzer).tokens.count
    #expect(double == 2 * small)
  }

  @Test(arguments: ["ก", "ကျွန်ုပ်\u{103A}", "각", "カ", "中\u{0F71}\u{0F71}", "x", "é", "हि", "9", "a-", "\u{0E48}"])
  func noTermIsTooLong(piece: String) throws {
    let analyzer = try Analyzer(AnalyzerConfiguration(userWords: [String(repeating: "中", count: 500)]))
    let text = AnalyzedText(String(repeating: piece, count: 6000), analyzer)
    #expect(!text.tokens.isEmpty)
    #expect(text.tokens.allSatisfy { $0.term.utf8.count <= Analyzer.maximumTermLength && $0.positionLength <= 64 })
  }

  /// The short path for ASCII stops short of a text's end, so a word alone always takes the general one.
  @Test func shortPathAgreesWithTheGeneralOne() throws {
    let analyzer = try Analyzer()
    var generator = SeededGenerator(seed: 13)
    let pieces = [
      "a", "the", "Running", "studies", "internationalization", "characteristically", "s", "t", "NET", "C", "'", "'s",
      "'S", "'t",
      ".", ",", "-", "_", "&", "@", "+", "#", "%", "1", "42", "000", "7", "(", ")", "\"", "!", "?", ":", ";", "/", "=",
      "é", "中",
      "\u{2019}", "\u{0301}", "macy", "counterrevolutionaries", "O", "v", "x",
    ]
    for round in 0..<5000 {
      let clauses = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
          .joined()
      }
      // Han characters would be joined across blanks; a dot begins a name only after a blank, as at a text's beginning.
      let text = clauses.map { $0.replacing("中", with: "") }
      let together = AnalyzedText(text.joined(separator: " ") + String(repeating: " ", count: 24), analyzer).tokens
      var apart: [AnalyzedText.Found] = []
      var position: Int32 = 0
      var offset = 0
      for clause in text {
        let tokens = AnalyzedText(clause, analyzer).tokens
        apart += tokens.map {
          AnalyzedText.Found(
            term: $0.term, kind: $0.kind, position: $0.position + position, positionLength: $0.positionLength,
            range: $0.range.lowerBound + offset..<$0.range.upperBound + offset)
        }
        position += tokens.map { $0.position + Int32($0.positionLength) }.max() ?? 0
        offset += clause.utf8.count + 1
      }
      try #require(together == apart, "seed 13, round \(round): \(text)")
    }
  }
}
