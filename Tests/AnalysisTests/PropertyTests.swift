// Laws that hold for every text.
import Analysis
import Testing

@Suite struct PropertyTests {
  /// Pieces of which hostile texts are made.
  private static let pieces: [String] = [
    "香港", "科學園", "裏", "𨋢", "𠝹", "㗎", "word", "Running", "C++", "C#", ".NET", "e-mail", "a.b.c", "1,234.5", "12%",
    " ", " ", "\n", "\n\n", "\r\n", "\t", "\u{3000}", "，", "。", "·", "é", "e\u{0301}", "ﬁ", "½", "İ", "Ⅳ", "ß", "㍿",
    "㏒",
    "カラオケ", "ｶﾞ", "か\u{3099}", "서울", "\u{1100}\u{1161}\u{11A8}", "ภาษาไทย", "ກຳ", "မြန်မာ", "ខ្មែរ", "हिन्दी", "العَرَبِيَّة", "עִברִית",
    "\u{200D}", "\u{200B}", "\u{FEFF}", "\u{00AD}", "\u{202E}", "\u{0301}", "\u{0000}", "\u{FFFF}", "\u{10FFFF}",
    "\u{E000}",
    "😀", "👩\u{200D}💻", "🇭🇰", "@", "_", "__", "'", "\u{2019}", "-", "--", ".", "...", "+", "#", "&", "/", ":", "%", "x",
    "9",
    "covid19", "v1.2", "don't", "O'Brien", "\u{FE00}", "\u{E0100}", "𝔘𝔫𝔦", "ⓐ", "〇", "々", "ー", "ㄅ", "ꀀ", "𗀀",
  ]

  private func hostileText(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: bytes.append(UInt8.random(in: .min ... .max, using: &generator))
      case 1:
        if let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x110000, using: &generator)) {
          bytes += Array(String(Character(scalar)).utf8)
        } else {
          bytes += [0xED, 0xA0, 0x80]
        }
      default: bytes += Array((PropertyTests.pieces.randomElement(using: &generator) ?? "").utf8)
      }
    }
    return bytes
  }

  @Test(arguments: AnalyzerName.allCases) func tokensAreInOrderAndOnCharacterBoundaries(name: AnalyzerName) throws {
    let analyzer = try Analyzer(AnalyzerConfiguration(name: name))
    var generator = SeededGenerator(seed: 20_260_101)
    for round in 0..<4000 {
      let bytes = hostileText(&generator)
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
      let text = String(decoding: hostileText(&generator), as: UTF8.self)
      let once = analyzer.fold(text)
      try #require(analyzer.fold(once).unicodeScalars.elementsEqual(once.unicodeScalars), "seed 7, round \(round)")
    }
  }

  @Test func foldedTermsAnalyseToThemselves() throws {
    let analyzer = try Analyzer()
    var generator = SeededGenerator(seed: 11)
    for round in 0..<4000 {
      let text = String(decoding: hostileText(&generator), as: UTF8.self)
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

  @Test func longInputsTakeLinearTime() throws {
    let analyzer = try Analyzer()
    let clock = ContinuousClock()
    let pieces = [
      "a", "中", "a.", "a,", "'", "_", "-a", "\u{0301}", "中 ", "\n", ".", "+", "a+", "カ", "ก", "각", "1,234", "😀",
      "\u{200B}", "中\n",
    ]
    for piece in pieces {
      let short = Array(String(repeating: piece, count: 20_000).utf8)
      let long = Array(String(repeating: piece, count: 200_000).utf8)
      let buffer = TokenBuffer()
      func time(_ bytes: [UInt8]) -> Duration {
        (0..<3).map { _ in
          clock.measure { bytes.withUnsafeBufferPointer { _ = analyzer.analyze($0, into: buffer) { _ in } } }
        }.min() ?? .zero
      }
      let ratio = time(long) / max(time(short), .microseconds(100))
      #expect(ratio < 40, "\(piece.debugDescription): ten times the text takes \(ratio) times as long")
    }
  }
}
