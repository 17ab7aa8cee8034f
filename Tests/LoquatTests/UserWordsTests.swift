// The user's words in an index: in documents, in queries, and when they change.

import Loquat
import Testing

@testable import Loquat

@Suite struct UserWordsTests {
  private let synonyms = [
    ["的士", "計程車", "taxi"], ["heart attack", "myocardial infarction", "心臟病發"], ["e-mail", "電郵"],
  ]

  private func index(_ configuration: AnalyzerConfiguration, _ texts: [String]) throws -> LoquatIndex {
    let index = try LoquatIndex.inMemory(settings: IndexSettings(analyzer: configuration))
    try index.update { update in
      for (number, text) in texts.enumerated() {
        try update.add(Document(id: String(number), title: "title \(number)", text: text))
      }
    }
    return index
  }

  private func found(_ index: LoquatIndex, _ query: String, _ operator: DefaultOperator) throws -> Set<String> {
    var request = SearchRequest(limit: 100)
    request.defaultOperator = `operator`
    return Set(try index.search(query, request).hits.map(\.id))
  }

  @Test(arguments: [DefaultOperator.and, .or]) func synonymsMatchAsAlternatives(operator: DefaultOperator) throws {
    let index = try index(
      AnalyzerConfiguration(synonyms: synonyms),
      [
        "Taxis wait here", "搭計程車往機場", "的士站", "the first myocardial infarction", "a heart attack", "心臟病發作",
        "infarction, not myocardial", "send an email", "以電郵通知",
      ])
    func finds(_ query: String) throws -> Set<String> { try found(index, query, `operator`) }
    #expect(try finds("taxi") == ["0", "1", "2"])
    #expect(try finds("计程车") == ["0", "1", "2"])
    #expect(try finds("\"taxi\"") == ["0"])
    #expect(try finds("+taxi +wait") == ["0"])
    #expect(try finds("e-mail") == ["7", "8"])
    #expect(try finds("电邮") == ["7", "8"])
    if `operator` == .and {
      #expect(try finds("heart attack") == ["3", "4", "5"])
      #expect(try finds("first heart attack") == ["3"])
      #expect(try finds("搭taxi") == [])
      #expect(try finds("機場的士站") == [])
      #expect(try finds("計程車站") == ["2"], "a synonym within a run")
    } else {
      #expect(try finds("heart attacks").isSuperset(of: ["3", "4", "5"]))
    }
  }

  @Test func synonymsAndStopWordsChangeWithoutTheDocuments() throws {
    let index = try index(AnalyzerConfiguration(), ["the 的士", "計程車 of mine"])
    #expect(try found(index, "的士", .and) == ["0"])
    try index.changeQueryWords(to: AnalyzerConfiguration(synonyms: synonyms, stopWords: ["mine"]))
    #expect(try found(index, "的士", .and) == ["0", "1"])
    #expect(try found(index, "the mine", .and) == ["0"])
    #expect(index.current.analyzerDifference == nil)
    try index.update { try $0.add(Document(id: "2", text: "taxi")) }
    #expect(try found(index, "的士", .and) == ["0", "1", "2"])
    try index.optimize()
    #expect(index.settings.analyzer.stopWords == ["mine"])
    #expect(index.current.reader.analyzerFingerprint == index.settings.analyzer.fingerprint)
    let error = #expect(throws: IndexError.self) {
      try index.changeQueryWords(to: AnalyzerConfiguration(userWords: ["計程車"]))
    }
    #expect(error?.code == .analyzerMismatch)
  }

  @Test func anIndexIsMadeAnewWithOtherWords() throws {
    let index = try index(AnalyzerConfiguration(), ["這是大灣區青年", "大海灣", "removed"])
    try index.update { $0.delete(id: "2") }
    func words() throws -> Int {
      var request = SearchRequest()
      request.explains = true
      return try index.search("大灣區", request).hits.count
    }
    let before = try words()
    let summary = try index.rebuild(IndexSettings(analyzer: AnalyzerConfiguration(userWords: ["大灣區"])))
    #expect(summary.added == 2)
    #expect(index.current.documentCount == 2)
    #expect(index.settings.analyzer.userWords == ["大灣區"])
    #expect(try words() <= before)
    #expect(try found(index, "大灣區", .and) == ["0"])
    #expect(try index.search("大海灣").hits.first?.title == "title 1")
    _ = try index.verify()
    // And again, with nothing changed.
    #expect(try index.rebuild().added == 2)
  }

  /// An index whose terms another version of the analysis made.
  private func foreign() throws -> LoquatIndex {
    let directory = MemoryDirectory()
    var configuration = IndexWriterConfiguration()
    configuration.analyzerFingerprint = AnalyzerConfiguration().fingerprint.replacing("icu=", with: "icu=7")
    let settings = IndexSettings()
    let writer = try IndexWriter(
      directory: directory, schema: StandardField.schema(settings), configuration: configuration)
    try settings.write(to: writer)
    let adder = try DocumentAdder(writer: writer, settings: settings)
    let (id, text) = (Array("a".utf8), Array("香港 ferry".utf8))
    try id.withUnsafeBufferPointer { id in
      try text.withUnsafeBufferPointer { text in
        try adder.add(.init(id: id, title: UnsafeBufferPointer(start: nil, count: 0), text: text), sequence: 1)
      }
    }
    try adder.finish()
    try writer.commit()
    writer.close()
    return try LoquatIndex(directory: directory)
  }

  @Test func anIndexOfAnotherAnalysisIsReadSaidAndNotAddedTo() throws {
    let index = try foreign()
    let difference = try #require(index.current.analyzerDifference)
    #expect(difference.hasPrefix("icu 7") && difference.hasSuffix("now"))
    #expect(try found(index, "ferry", .or) == ["a"])
    let error = #expect(throws: IndexError.self) { try index.update { try $0.add(Document(id: "b", text: "x")) } }
    #expect(error?.code == .analyzerMismatch)
    #expect(error?.message.contains(difference) == true)
    #expect(throws: IndexError.self) { try index.optimize() }
    try index.rebuild()
    #expect(index.current.analyzerDifference == nil)
    try index.update { try $0.add(Document(id: "b", text: "x")) }
    #expect(try found(index, "ferry x", .or) == ["a", "b"])
  }

  @Test func whatIsNotStoredIsNotMadeAnew() throws {
    let ids = try LoquatIndex.inMemory(settings: IndexSettings(store: .ids))
    #expect(throws: IndexError.self) { try ids.rebuild() }
    let fields = try LoquatIndex.inMemory()
    try fields.update { try $0.add(Document(id: "1", text: "x", fields: ["colour": .text("red")])) }
    let error = #expect(throws: IndexError.self) { try fields.rebuild() }
    #expect(error?.message.contains("colour") == true)
    #expect(try fields.search("colour:red").total == 1)
  }

  /// Escapes of lone surrogates in JSON reach the analysis as what they are read as.
  @Test func loneSurrogatesInJSONSeparateWords() throws {
    let folder = try TemporaryFolder()
    let index = try LoquatIndex.inMemory()
    let line = #"{"id": "1", "text": "left\ud800right 香\udc00港 \ud83d\ude00 end"}"#
    try folder.write(line + "\n", to: "a.jsonl")
    let summary = try index.addJSONLines([.file(folder.path + "/a.jsonl")])
    #expect(summary.added == 1, "\(summary.skipped)")
    for query in ["left", "right", "香", "港", "😀", "end"] { #expect(try found(index, query, .and) == ["1"], "\(query)") }
    #expect(try found(index, "香港", .and) == [])
  }
}
