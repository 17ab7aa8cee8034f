// What the default ranking prefers, and how it is changed and explained.

import FoundationEssentials
import Loquat
import TestSupport
import Testing

@Suite struct RankingTests {
  private func makeIndex(_ documents: [Document], _ settings: IndexSettings = IndexSettings()) throws -> LoquatIndex {
    let index = try LoquatIndex.inMemory(settings: settings)
    try index.update { update in for document in documents { try update.add(document) } }
    return index
  }

  /// The ids found, best first.
  private func ids(_ query: String, in index: LoquatIndex, _ request: SearchRequest = SearchRequest()) throws
    -> [String]
  {
    try index.search(query, request).hits.map(\.id)
  }

  private static let filler = (0..<20).map { Document(id: "f\($0)", text: "nothing of note here \($0)") }

  // MARK: What matches a text without operators

  /// Questions are written without spaces around their English words.
  @Test func wordsWithinAQuestionFindTheirDocuments() throws {
    let index = try makeIndex(
      [
        Document(id: "bcpl", text: "BCPL（Basic Combined Programming Language），是一種程式語言"),
        Document(id: "bus", text: "城巴7號線來往中環與香港仔"), Document(id: "name", text: "伊維卡·奧利奇，克羅地亞足球員"),
        Document(id: "plant", text: "蓍（學名），又名歐蓍"), Document(id: "lucas", text: "杰里·盧卡斯是一名球員"),
        Document(id: "shirt", text: "一件T恤"), Document(id: "tee", text: "plan T and others"),
      ] + Self.filler)
    #expect(try ids("什么是BCPL么？", in: index) == ["bcpl"])
    #expect(try ids("城巴7号线客量大减的原因是什么？", in: index).first == "bus")
    #expect(try ids("伊维卡·奥利奇司职什么位置？", in: index).first == "name")
    #expect(try ids("1963年卢卡斯加入了哪个球队？", in: index).contains("lucas"))
    // A word of one character is a word; a mixed token stays one thing.
    #expect(try ids("蓍的别名是什么？", in: index) == ["plant"])
    #expect(try ids("T恤", in: index) == ["shirt"])
    // Quotation marks and operators beside a text change nothing in how it matches.
    #expect(try ids("“程式語言”BCPL是什么", in: index) == ["bcpl"])
  }

  // MARK: Preferences

  @Test func theWordAsTypedComesBeforeOtherForms() throws {
    let index = try makeIndex(
      [
        Document(id: "run", text: "they run at dawn"), Document(id: "running", text: "they running at dawn"),
      ] + Self.filler)
    #expect(try ids("running", in: index).first == "running")
    #expect(try ids("run", in: index).first == "run")
  }

  @Test func neighboursOfTheQueryComeFirstWhereTheyAreNeighbours() throws {
    let index = try makeIndex(
      [
        Document(id: "apart", text: "the bank lies far away from anything that is of america today"),
        Document(id: "near", text: "far away from anything that is today lies the bank of america"),
      ] + Self.filler)
    // Without an operator the fillers match too, by their stop word, and come behind.
    #expect(try Array(ids("bank of america", in: index).prefix(2)) == ["near", "apart"])
    var request = SearchRequest()
    request.defaultOperator = .and
    #expect(try ids("bank of america", in: index, request) == ["near", "apart"])
    // Neighbours count at the distance of the query, in its order.
    #expect(try ids("bank america", in: index) == ["apart", "near"])
    #expect(try ids("america of bank", in: index).first == "apart")
  }

  @Test func proximityIsAnOptionAndKnowsNoOrder() throws {
    let index = try makeIndex(
      [
        Document(id: "apart", text: "harbour and then a great many other words until at last there is a ferry"),
        Document(id: "near", text: "and then a great many other words until at last ferry in a harbour there is"),
      ] + Self.filler)
    var request = SearchRequest()
    var weights = RankingWeights()
    weights.adjacency = 0
    request.weights = weights
    #expect(try ids("harbour ferry", in: index, request) == ["apart", "near"])
    weights.proximity = 0.5
    request.weights = weights
    #expect(try ids("harbour ferry", in: index, request) == ["near", "apart"])
  }

  @Test func titlesCountBesideTheText() throws {
    let index = try makeIndex(
      [
        Document(id: "text", title: "Other", text: "ferry timetable"),
        Document(id: "title", title: "Ferry", text: "other timetable"),
      ] + Self.filler)
    #expect(try ids("ferry", in: index) == ["title", "text"])
    var weights = RankingWeights()
    weights.title = 0
    var request = SearchRequest()
    request.weights = weights
    #expect(try ids("ferry", in: index, request) == ["text", "title"])
  }

  @Test func headingsAndPathsCountBesideTheText() throws {
    let folder = try TemporaryFolder()
    try folder.write("# Page\n\nplain words of harbour\n\n## Other\n\nend", to: "a.md")
    try folder.write("# Page\n\nplain words of other\n\n## Harbour\n\nend", to: "b.md")
    try folder.write("plain words of timetable", to: "c.txt")
    try folder.write("plain words of timetable", to: "timetable/d.txt")
    for number in 0..<10 { try folder.write("nothing \(number)", to: "filler\(number).txt") }
    let index = try LoquatIndex.inMemory()
    try index.addFiles([folder.path])
    #expect(try ids("harbour", in: index) == ["b.md", "a.md"])
    #expect(try ids("timetable", in: index) == ["timetable/d.txt", "c.txt"])
  }

  @Test func theScriptOfTheQueryComesFirst() throws {
    let index = try makeIndex(
      [
        Document(id: "hans", text: "香港科学园的生物科技公司"), Document(id: "hant", text: "香港科學園的生物科技公司"),
      ] + Self.filler)
    #expect(try ids("科學園", in: index) == ["hant", "hans"])
    #expect(try ids("科学园", in: index) == ["hans", "hant"])
    // Nothing tells the script of these; the order is that of the documents.
    #expect(try ids("香港生物科技", in: index) == ["hans", "hant"])
  }

  @Test func aScriptThatIsNotThereChangesNothing() throws {
    let documents = [Document(id: "1", text: "香港科学园"), Document(id: "2", text: "科学园的公司，科学园")] + Self.filler
    let index = try makeIndex(documents)
    let same = try index.search("科学园").hits.map(\.score)
    let crossed = try index.search("科學園").hits.map(\.score)
    #expect(same.count == 2 && crossed.count == 2)
    #expect(crossed[1] < same[1])
    #expect(abs((same[0] - crossed[0]) - (same[1] - crossed[1])) < 1e-5)
  }

  @Test func aWordOfAMixedTokenCountsOnce() throws {
    // 3是由 makes one mixed token of the run; its words are in no further score.
    let index = try makeIndex([Document(id: "1", text: "战国无双3是由光荣开发的游戏")] + Self.filler)
    var request = SearchRequest()
    request.explains = true
    let hit = try #require(try index.search("战国无双3是由哪家公司开发的", request).hits.first)
    var seen: [String: Int] = [:]
    func count(_ explanation: Explanation) {
      if explanation.description.hasPrefix("BM25 of text:") { seen[explanation.description, default: 0] += 1 }
      explanation.details.forEach(count)
    }
    count(try #require(hit.explanation))
    #expect(!seen.isEmpty)
    for (part, times) in seen { #expect(times == 1, "\(part) comes \(times) times") }
  }

  // MARK: Shape

  /// What fast evaluation relies on: the terms that decide what matches on one side, what only scores on the other.
  @Test func aQuestionIsADisjunctionWithOptionalScores() throws {
    let index = try makeIndex([Document(id: "1", title: "Harbour", text: "the ferry of the harbour 香港")])
    let compiler = try index.current.makeQueryCompiler()
    for text in ["ferry of the harbour", "香港科學園", "harbour 香港的渡輪"] {
      let tree = try #require(try index.current.parse(text))
      #expect(try compiler.compile(tree) == compiler.compile(text: text), "\(text)")
      guard case .boolean(let outer) = compiler.compile(text: text), outer.must.count == 1,
        case .boolean(let disjunction) = outer.must[0]
      else {
        Issue.record("\(text): \(compiler.compile(text: text))")
        continue
      }
      #expect(disjunction.must.isEmpty && disjunction.mustNot.isEmpty && disjunction.filter.isEmpty)
      #expect(!disjunction.should.isEmpty)
      #expect(disjunction.should.allSatisfy { isTerm($0) }, "\(disjunction.should)")
      #expect(outer.should.allSatisfy { isTerm($0) || isPair($0) }, "\(outer.should)")
    }
  }

  private func isTerm(_ query: Query) -> Bool {
    switch query {
    case .term, .discounted: true
    case .boost(let inner, _): isTerm(inner)
    default: false
    }
  }

  private func isPair(_ query: Query) -> Bool {
    switch query {
    case .phrase(let phrase): phrase.slots.count == 2 && phrase.slop == 0
    case .boost(let inner, _): isPair(inner)
    default: false
    }
  }

  @Test func whitespaceKeepsPlainBM25() throws {
    let settings = IndexSettings(analyzer: AnalyzerConfiguration(name: .whitespace))
    let index = try makeIndex([Document(id: "1", title: "a", text: "a b"), Document(id: "2", text: "b c")], settings)
    let compiler = try index.current.makeQueryCompiler()
    #expect(
      compiler.compile(text: "a b")
        == .boolean(
          BooleanQuery(should: [
            .term(Term(field: 1, space: 1, "a")), .term(Term(field: 1, space: 1, "b")),
          ])))
    #expect(index.current.defaultBM25 == BM25(k1: 1.2, b: 0.75))
  }

  // MARK: Settings

  @Test func settingsStayWithTheIndex() throws {
    let directory = MemoryDirectory()
    let index = try LoquatIndex(directory: directory)
    try index.update { try $0.add(Document(id: "1", text: "harbour ferry")) }
    #expect(index.current.ranking == RankingSettings())
    let settings = RankingSettings(k1: 1.5, weights: ["adjacency": 0, "title": 2])
    try index.setRanking(settings)
    let again = try LoquatIndex(directory: directory)
    #expect(again.current.ranking == settings)
    #expect(again.current.defaultBM25 == BM25(k1: 1.5, b: 0.6))
    #expect(again.current.weights(settings).adjacency == 0)
    try again.update { try $0.add(Document(id: "2", text: "harbour")) }
    #expect(again.current.ranking == settings)
    for wrong in [
      RankingSettings(k1: -1), RankingSettings(b: 1.1), RankingSettings(k1: .nan),
      RankingSettings(weights: ["adjacency": -1]),
      RankingSettings(weights: ["nonsense": 1]), RankingSettings(weights: ["title": .infinity]),
    ] {
      #expect { try again.setRanking(wrong) } throws: { ($0 as? IndexError)?.code == .invalidArgument }
    }
    #expect(again.current.ranking == settings)
  }

  @Test func everyWeightHasANameAndChangesSomething() {
    for name in RankingWeights.names {
      var weights = RankingWeights()
      let before = weights
      #expect(weights[name] != nil, "\(name)")
      weights[name] = 123
      #expect(weights[name] == 123 && weights != before, "\(name)")
    }
    #expect(RankingWeights()["nonsense"] == nil)
  }

  // MARK: Functions

  @Test func whatIsRecentComesFirstWhenAsked() throws {
    let index = try makeIndex([
      Document(id: "old", text: "harbour harbour ferry", fields: ["date": .text("2020-01-01")]),
      Document(id: "new", text: "harbour", fields: ["date": .text("2026-01-01")]),
      Document(id: "none", text: "harbour"),
    ])
    var request = SearchRequest()
    let plain = try index.search("harbour", request).hits
    let now = 1_767_225_600.0  // 2026-01-01
    request.recency = RecencyBoost(halfLifeInDays: 30, now: now)
    request.explains = true
    let raised = try index.search("harbour", request).hits
    #expect(raised.first?.id == "new")
    let before = Dictionary(uniqueKeysWithValues: plain.map { ($0.id, $0.score) })
    for hit in raised {
      let factor: Float = hit.id == "new" ? 2 : 1
      #expect(abs(hit.score - factor * (before[hit.id] ?? 0)) < 1e-4, "\(hit.id)")
    }
  }

  @Test func fieldsOfNumbersRaiseScores() throws {
    let index = try makeIndex([
      Document(id: "few", text: "harbour", fields: ["views": .number(1)]),
      Document(id: "many", text: "harbour", fields: ["views": .number(1000)]),
    ])
    var request = SearchRequest()
    #expect(try ids("harbour", in: index, request) == ["few", "many"])
    request.boosts = [FieldBoost("views", .saturation(pivot: 100), weight: 0.5)]
    #expect(try ids("harbour", in: index, request) == ["many", "few"])
    for field in ["no such field", "title"] {
      request.boosts = [FieldBoost(field, .saturation(pivot: 100))]
      let error = #expect(throws: QueryError.self, "\(field)") { try index.search("harbour", request) }
      #expect(error?.message.contains("views") == true)
    }
    request.boosts = []
    request.recency = RecencyBoost(halfLifeInDays: 30)
    #expect(try ids("harbour", in: index, request) == ["few", "many"])
    request.recency = RecencyBoost(halfLifeInDays: 30, field: "views")
    #expect(throws: QueryError.self) { try index.search("harbour", request) }
  }

  @Test func weightsOutOfRangeAreRefused() throws {
    let index = try makeIndex([Document(id: "a", text: "harbour")])
    for weight in [-1, Float.nan, 1_001] {
      var request = SearchRequest()
      request.weights = RankingWeights()
      request.weights?.title = weight
      #expect(throws: IndexError.self, "\(weight)") { try index.search("harbour", request) }
    }
  }

  // MARK: Explanations

  @Test func explanationsAddUp() throws {
    let index = try makeIndex(
      [
        Document(id: "1", title: "Harbour ferries", text: "香港科學園 ferries run to the harbour, 5G網絡, iPhone 15"),
        Document(id: "2", text: "The harbour ferry of 香港 and a 渡輪"), Document(id: "3", text: "科学园 SARS-CoV-2"),
      ] + Self.filler)
    var request = SearchRequest()
    request.explains = true
    for query in [
      "harbour ferry", "香港科學園", "harbour ferries 香港的渡輪", "5G網絡 iPhone15", "+harbour ferry", "SARS-CoV-2 科学园",
      "harbour^2 AND ferry", "\"harbour ferry\" 香港", "ferr* harbour",
    ] {
      for hit in try index.search(query, request).hits {
        let explanation = try #require(hit.explanation, "\(query)")
        #expect(abs(explanation.value - hit.score) < 1e-4 * max(1, hit.score), "\(query)")
        check(explanation, query)
      }
    }
  }

  private func check(_ explanation: Explanation, _ query: String) {
    if explanation.description == "sum of" {
      let sum = explanation.details.reduce(0) { $0 + $1.value }
      #expect(abs(sum - explanation.value) < 1e-4 * max(1, explanation.value), "\(query): \(explanation)")
    }
    for detail in explanation.details { check(detail, query) }
  }
}
