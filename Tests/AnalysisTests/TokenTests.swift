// Which tokens a text yields, and where.
import Analysis
import Testing

@Suite struct TokenTests {
  /// Tokens of one kind as `term@position`, with `+span` and the bytes of the text where asked for.
  private func tokens(_ text: String, _ kind: TermKind, name: AnalyzerName = .mixed, ranges: Bool = false) throws
    -> [String]
  {
    let analyzer = try Analyzer(AnalyzerConfiguration(name: name))
    return AnalyzedText(text, analyzer).tokens.filter { $0.kind == kind }.map { token in
      "\(token.term)@\(token.position)" + (token.positionLength > 1 ? "+\(token.positionLength)" : "")
        + (ranges ? "[\(token.range.lowerBound),\(token.range.upperBound)]" : "")
    }
  }

  @Test func mixedTokensYieldTheWholeAndItsParts() throws {
    #expect(try tokens("SARS-CoV-2", .exact) == ["sars-cov-2@0+3", "sars@0", "cov@1", "2@2"])
    #expect(try tokens("v1.2.3", .exact) == ["v1.2.3@0+4", "v1@0+2", "v@0", "1@1", "2@2", "3@3"])
    #expect(try tokens("e-mail x", .stem) == ["email@0+2", "e@0", "mail@1", "x@2"])
    #expect(try tokens("iPhone15", .stem) == ["iphone15@0+2", "iphon@0", "15@1"])
    #expect(try tokens("5G 3nm H5N1 MI300X", .exact) == ["5g@0", "3nm@1+2", "3@1", "nm@2", "h5n1@3", "mi300x@4"])
    #expect(try tokens("1,234.56 or 1,2", .exact) == ["1234.56@0+3", "1@0", "234@1", "56@2", "or@3", "1@4", "2@5"])
    #expect(try tokens("R&D a&b", .exact) == ["r&d@0+2", "r@0", "d@1", "a&b@2+2", "a@2", "b@3"])
  }

  @Test func namesWithSignsAreTokensOfTheirOwn() throws {
    #expect(
      try tokens("C++, C#; i++ A+ a+b x+=1", .exact) == ["c++@0", "c#@1", "i++@2", "a+@3", "a@4", "b@5", "x@6", "1@7"])
    #expect(try tokens("C++17 Notepad++", .exact) == ["c++17@0+2", "c++@0", "17@1", "notepad++@2", "notepad@2"])
    #expect(try tokens(".NET .Net ...and end.", .exact) == [".net@0", ".net@1", "net@1", "and@2", "end@3"])
    #expect(try tokens("12.5% 100%", .exact) == ["12.5%@0+2", "12@0", "5@1", "100%@2", "100@2"])
  }

  /// A dot begins a name behind punctuation too; names of files are found without it, `.NET` is no net.
  @Test func leadingDotsBeginNames() throws {
    #expect(try tokens("C#/.NET, skills:.NET **.net**", .exact) == ["c#@0", ".net@1", "skills@2", ".net@3", ".net@4"])
    #expect(try tokens("edit .gitignore", .exact) == ["edit@0", ".gitignore@1", "gitignore@1"])
    #expect(try tokens("a/.env *.docx", .exact) == ["a@0", ".env@1", "env@1", ".docx@2", "docx@2"])
    #expect(try tokens("(foo).bar end.", .exact) == ["foo@0", "bar@1", "end@2"])
    #expect(try tokens("．docx", .exact, ranges: true) == [".docx@0[0,7]", "docx@0[3,7]"])
  }

  /// Symbols that stand for words, and fractions, take no part in the word or number beside them.
  @Test func symbolsStandApartFromWords() throws {
    #expect(try tokens("Humira™ works, iPad™的", .exact) == ["humira@0", "tm@1", "works@2", "ipad@3", "tm@4"])
    #expect(try tokens("3½ cups, №5, 5㎏", .exact) == ["3@0", "1@1", "2@2", "cups@3", "no@4", "5@5", "5@6", "kg@7"])
    #expect(try tokens("H₂O m² CO₂", .exact) == ["h2o@0", "m2@1", "co2@2+2", "co@2", "2@3"])
    #expect(try tokens("⭐ ⌚", .exact) == ["⭐@0", "⌚@1"])
  }

  @Test func unitsStandBesideDecimalNumbers() throws {
    #expect(try tokens("810.2m", .exact) == ["810.2@0+2", "810@0", "2@1", "m@2"])
    #expect(try tokens("$1.5B", .exact) == ["1.5@0+2", "1@0", "5@1", "b@2"])
    #expect(try tokens("1.2.3rc1", .exact) == ["1.2.3@0+3", "1@0", "2@1", "3@2", "rc1@3+2", "rc@3", "1@4"])
  }

  @Test func runsYieldWordsBigramsAndCharacters() throws {
    #expect(try tokens("香港科學園", .hanWord) == ["香港@0+2", "科学@2+2", "园@4"])
    #expect(try tokens("香港科學園", .hanBigram) == ["香港@0+2", "港科@1+2", "科学@2+2", "学园@3+2"])
    #expect(try tokens("香港科學園", .hanCharacter) == ["香@0", "港@1", "科@2", "学@3", "园@4"])
    #expect(try tokens("用5G網絡", .hanCharacter) == ["用@0", "网@2", "络@3"])
    #expect(try tokens("서울 지하철", .hanWord) == ["서울@0+2", "지하철@2+3"])
    #expect(try tokens("ไทยง่าย", .hanWord) == ["ไทย@0+3", "ง่าย@3+3"])
  }

  @Test func rangesCoverTheOriginalCharacters() throws {
    #expect(
      try tokens("ﬁle e\u{0301}t\u{00AD}e ½", .exact, ranges: true) == [
        "file@0[0,5]", "ete@1[6,13]", "1@2[14,16]", "2@3[14,16]",
      ])
    #expect(try tokens("𨋢裏", .hanCharacter, ranges: true) == ["䢂@0[0,4]", "里@1[4,7]"])
    #expect(try tokens("ｶﾞス", .hanCharacter, ranges: true) == ["ガ@0[0,6]", "ス@1[6,9]"])
    #expect(try tokens("人 工\n智", .hanBigram, ranges: true) == ["人工@0+2[0,7]", "工智@1+2[4,11]"])
  }

  @Test func emptyLineLeavesAGap() throws {
    #expect(try tokens("a\nb\n\nc\r\n\r\nd", .exact) == ["a@0", "b@1", "c@10", "d@19"])
    #expect(try tokens("\n\na", .exact) == ["a@0"])
  }

  @Test func brokenBytesSeparateWords() throws {
    let analyzer = try Analyzer()
    for bytes: [UInt8] in [
      [0x61, 0xFF, 0x62], [0x61, 0xE4, 0x62], [0x61, 0xED, 0xA0, 0x80, 0x62], [0x61, 0xF0, 0x9F, 0x62],
    ] {
      let terms = AnalyzedText(bytes: bytes, analyzer).tokens.filter { $0.kind == .exact }.map(\.term)
      #expect(terms == ["a", "b"])
    }
  }

  @Test func englishAnalyzerKeepsHanWithoutWords() throws {
    #expect(try tokens("running 香港人", .stem, name: .english) == ["run@0"])
    #expect(try tokens("running 香港人", .hanWord, name: .english).isEmpty)
    #expect(try tokens("running 香港人", .hanBigram, name: .english) == ["香港@1+2", "港人@2+2"])
  }

  @Test func whitespaceAnalyzerChangesNothing() throws {
    let text = " To Be,\u{3000}or\u{00A0}NOT\tto-be \n香港 "
    #expect(
      try tokens(text, .stem, name: .whitespace, ranges: true)
        == ["To@0[1,3]", "Be,@1[4,7]", "or@2[10,12]", "NOT@3[14,17]", "to-be@4[18,23]", "香港@5[25,31]"])
    let long = String(repeating: "x", count: 10_000)
    #expect(try tokens(long, .stem, name: .whitespace).map(\.utf8.count) == [4098, 4098, 1810])
    // Tokens across the blocks that the scanner copies.
    let many = (0..<50_000).map { "w\($0)" }
    #expect(
      try tokens(many.joined(separator: " "), .stem, name: .whitespace) == many.enumerated().map { "\($1)@\($0)" })
  }

  @Test func fingerprintNamesWhatTokensDependOn() throws {
    let mixed = AnalyzerConfiguration().fingerprint
    #expect(mixed.contains("icu=\(AnalyzerConfiguration.icuVersion)"))
    #expect(mixed == AnalyzerConfiguration(name: .mixed).fingerprint)
    let others = [
      AnalyzerConfiguration(name: .english), AnalyzerConfiguration(name: .chinese),
      AnalyzerConfiguration(name: .whitespace),
      AnalyzerConfiguration(userWords: ["大灣區"]), AnalyzerConfiguration(synonyms: [["a", "b"]]),
      AnalyzerConfiguration(stopWords: ["x"]), AnalyzerConfiguration(stopWords: []),
    ]
    #expect(Set(others.map(\.fingerprint) + [mixed]).count == others.count + 1)
    // Synonyms and stop words change no token.
    #expect(AnalyzerConfiguration(synonyms: [["a", "b"]]).tokenFingerprint == mixed)
    #expect(AnalyzerConfiguration(stopWords: []).difference(from: mixed) == nil)
    #expect(AnalyzerConfiguration().difference(from: AnalyzerConfiguration(stopWords: []).fingerprint) == nil)
    let older = mixed.replacing("icu=\(AnalyzerConfiguration.icuVersion)", with: "icu=71.1")
    #expect(
      AnalyzerConfiguration().difference(from: older) == "icu 71.1 then, \(AnalyzerConfiguration.icuVersion) now")
    #expect(AnalyzerConfiguration(userWords: ["x"]).difference(from: mixed)?.hasPrefix("user none then") == true)
  }
}
