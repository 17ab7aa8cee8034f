// How queries are understood.
import Analysis
import Testing

@Suite struct QueryAnalysisTests {
  /// A segment in short: words by their stems, mixed tokens as whole and phrase, runs by their segmentations.
  private func describe(_ query: AnalyzedQuery) -> [String] {
    query.segments.map { segment in
      switch segment {
      case .word(let unit): unit.stem.text + (unit.isStopWord ? "!" : "")
      case .mixed(let unit):
        "<" + (unit.whole?.stem.text ?? "") + ":"
          + unit.phrase.map { "\($0.text)@\($0.position)" }.joined(separator: " ") + ">"
      case .han(let unit):
        unit.segmentations.map { pieces in
          pieces.map { $0.terms.map(\.text).joined(separator: "+") }.joined(separator: "|")
        }.joined(separator: " ")
      }
    }
  }

  @Test(arguments: [
    ("the running dogs", ["the!", "run", "dog"]), ("C++ C# .NET", ["c++", "c#", ".net"]), (".Net", [".net"]),
    ("5G網絡", ["<:5g@0 网络@1>"]), ("T恤", ["<:t@0 恤@1>"]), ("Covid-19疫苗", ["<:covid@0 19@1 疫苗@2>"]),
    ("read_file", ["<read_file:read@0 file@1>"]), ("e-mail", ["<email:e@0 mail@1>"]), ("don't", ["dont!"]),
    ("std::vector", ["<:std@0 vector@1>"]), ("https://example.org/a", ["<:https@0 exampl@1 org@2 a@3>"]),
    ("研究生命科学", ["研究|生命|科学 研究生|命|科学"]), ("南京市长江大桥", ["南京市|长江|大桥 南京|市长|江大+大桥"]),
    ("陳茂波", ["陈茂+茂波"]), ("卡尔·马克思", ["<:卡尔@0 马克@2 克思@3>"]), ("《红楼梦》", ["红楼梦"]), ("苹果,香蕉", ["苹果", "香蕉"]),
    ("foo,bar", ["foo", "bar"]), ("wait...what", ["wait", "what!"]), ("Broncos?", ["bronco"]),
    ("香港　biotech", ["香港", "biotech"]),
    ("人 工", ["人", "工"]), ("100+", ["<100+:100@0>"]), ("", []), ("!!! ，。", []), ("的", ["的"]),
  ])
  func queryIsUnderstood(text: String, expected: [String]) throws {
    #expect(describe(try Analyzer().analyzeQuery(text)) == expected)
  }

  @Test func quotesJoinBlanksBetweenHan() throws {
    let analyzer = try Analyzer()
    #expect(analyzer.analyzeQuery("人 工 智 能", quoted: true).phrase.map(\.text) == ["人工", "智能"])
    let phrase = analyzer.analyzeQuery("to be, or not to be", quoted: true).phrase
    #expect(phrase.map(\.position) == [0, 1, 2, 3, 4, 5])
    #expect(phrase.allSatisfy { $0.isStopWord })
  }

  @Test func rangesAreThoseOfTheQuery() throws {
    let text = "find 香港 e-mail，T恤"
    let ranges = try Analyzer().analyzeQuery(text).segments.map(\.range)
    #expect(ranges.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) } == ["find", "香港", "e-mail", "T恤"])
  }

  private func mixed(_ text: String) throws -> MixedUnit {
    guard case .mixed(let unit) = try Analyzer().analyzeQuery(text).segments.first else {
      throw AnalysisTestError.notMixed(text)
    }
    return unit
  }

  private enum AnalysisTestError: Error { case notMixed(String) }

  @Test func longRunBesideAWordFallsIntoGroups() throws {
    let unit = try mixed("2024年香港科技")
    #expect(unit.groups.map { $0.map(\.text) } == [["2024", "年"], ["香港"], ["科技"]])
    #expect(unit.phrase.map(\.text) == ["2024", "年香", "港科", "科技"])
  }

  /// Stop words hold nothing together; of a name that no dictionary has, the character that touches the word does.
  @Test func whatTouchesAWordHoldsItUnlessItIsAStopWord() throws {
    func groups(_ text: String) throws -> [[String]] { try mixed(text).groups.map { $0.map(\.text) } }
    #expect(try groups("什么是BCPL") == [["什么"], ["是"], ["bcpl"]])
    #expect(try groups("1963年卢卡斯") == [["1963", "年"], ["卢卡", "卡斯"]])
    #expect(try groups("5G網絡") == [["5g", "网络"]])
  }

  @Test func stopWordsOfRunsAreMarked() throws {
    guard case .han(let unit) = try Analyzer().analyzeQuery("什么是香港的經濟").segments.first else {
      Issue.record("not a run")
      return
    }
    #expect(unit.words.filter(\.isStopWord).map(\.text) == ["什么", "是", "的"])
    #expect(unit.bigrams.filter(\.isStopWord).map(\.text) == ["什么"])
    #expect(unit.characters.filter(\.isStopWord).map(\.text) == ["什", "么", "是", "的"])
  }

  /// Names of a synonym file: in any inflection and script form, of several words, within a run; not in quotation marks.
  @Test func namesOfTheSynonymFileHaveAlternatives() throws {
    let analyzer = try Analyzer(
      AnalyzerConfiguration(synonyms: [["的士", "計程車", "taxi"], ["heart attack", "MI", "心臟病發"], ["5G", "五 G"]]))
    func found(_ query: String, quoted: Bool = false) -> [[[String]]] {
      analyzer.analyzeQuery(query, quoted: quoted).expansions.map { $0.alternatives.map { $0.phrase.map(\.text) } }
    }
    #expect(found("Taxis") == [[["的士"], ["计程", "程车"]]])
    #expect(found("计程车") == [[["的士"], ["taxi"]]])
    #expect(found("計程 車") == [[["的士"], ["taxi"]]])
    #expect(found("a heart attack hurts") == [[["mi"], ["心脏", "病发"]]])
    #expect(found("heart") == [])
    #expect(found("\"taxi\"", quoted: true) == [])
    #expect(found("bus").isEmpty && analyzer.longestSynonym == 2)
    #expect(analyzer.isSynonym("Heart attacks") && !analyzer.isSynonym("heart"))
    guard case .han(let run) = analyzer.analyzeQuery("乘搭計程車往機場").segments.first else {
      Issue.record("not a run")
      return
    }
    let pieces = try #require(run.segmentations.last)
    #expect(pieces.flatMap(\.alternatives).map { $0.phrase.map(\.text) } == [["的士"], ["taxi"]])
    #expect(pieces.flatMap(\.terms).map(\.text).contains("程车"))
  }

  @Test func analyzersWithoutWordsSearchRunsAsPhrases() throws {
    let analyzer = try Analyzer(AnalyzerConfiguration(name: .english))
    guard case .han(let unit) = analyzer.analyzeQuery("香港科學園").segments.first else {
      Issue.record("not a run")
      return
    }
    #expect(unit.words.isEmpty)
    #expect(unit.segmentations.map { $0.map(\.terms) } == [[unit.phrase]])
  }

  @Test func megabyteOfQueryIsAnalysedInTime() throws {
    let analyzer = try Analyzer()
    let clock = ContinuousClock()
    for piece in ["a ", "中", "a.", "+", "a/", "中a"] {
      let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
      let time = clock.measure { _ = analyzer.analyzeQuery(text) }
      #expect(time < .seconds(10), "\(piece): \(time)")
    }
  }
}
