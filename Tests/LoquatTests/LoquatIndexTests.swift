// The facade, as a program uses it.

import FoundationEssentials
import Loquat
import Testing

@Suite struct LoquatIndexTests {
  private func ids(_ index: LoquatIndex, _ query: String, _ operator: DefaultOperator = .or) throws -> [String] {
    var request = SearchRequest(limit: 100)
    request.defaultOperator = `operator`
    return try index.search(query, request).hits.map(\.id)
  }

  private func index(_ texts: [String: String]) throws -> LoquatIndex {
    let index = try LoquatIndex.inMemory()
    try index.update { writer in
      for (id, text) in texts.sorted(by: { $0.key < $1.key }) { try writer.add(Document(id: id, text: text)) }
    }
    return index
  }

  @Test func theExamplesOfTheReadmeRunAndStandInTheReadme() async throws {
    #expect(try readmeExample() == ["1"])
    let folder = try TemporaryFolder()
    try folder.write("{\"id\": 1, \"text\": \"香港科學園的 biotech 公司\"}\n", to: "feed.jsonl")
    #expect(try await readmeAsyncExample(try LoquatIndex.inMemory(), folder.path + "/feed.jsonl") == 1)
    let file = URL(filePath: #filePath)
    let root = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = String(decoding: try Data(contentsOf: root.appending(path: "README.md")), as: UTF8.self)
    for example in ["ReadmeExample.swift", "ReadmeAsyncExample.swift"] {
      let code = try Data(contentsOf: file.deletingLastPathComponent().appending(path: example))
      #expect(readme.contains(String(decoding: code, as: UTF8.self)), "\(example)")
    }
  }

  @Test func anEmptyIndexFindsNothing() throws {
    let index = try LoquatIndex.inMemory()
    #expect(try index.search("anything").hits.isEmpty)
    #expect(try index.search("*:*").total == 0)
    #expect(index.current.documentCount == 0)
  }

  @Test func aDocumentReplacesTheOneWithItsID() throws {
    let index = try index(["a": "apple", "b": "banana"])
    let summary = try index.update { try $0.add(Document(id: "a", text: "cherry")) }
    #expect(summary.added == 0)
    #expect(summary.updated == 1)
    #expect(try ids(index, "apple") == [])
    #expect(try ids(index, "cherry") == ["a"])
    #expect(index.current.documentCount == 2)
  }

  @Test func theLastOfSeveralWithOneIDStays() throws {
    let index = try LoquatIndex.inMemory()
    try index.update { writer in
      for number in 0..<5 { try writer.add(Document(id: "same", text: "version\(number)")) }
    }
    #expect(index.current.documentCount == 1)
    #expect(try ids(index, "version4") == ["same"])
    #expect(try ids(index, "version3") == [])
  }

  @Test func deletedDocumentsAreNotFound() throws {
    let index = try index(["a": "apple pie", "b": "apple cake"])
    let summary = try index.update { $0.delete(id: "a") }
    #expect(summary.removed == 1)
    #expect(try ids(index, "apple") == ["b"])
    #expect(try index.search("apple").total == 1)
  }

  @Test func addingAfterDeletingInOneUpdateKeepsTheDocument() throws {
    let index = try index(["a": "apple"])
    try index.update { writer in
      writer.delete(id: "a")
      try writer.add(Document(id: "a", text: "avocado"))
    }
    #expect(try ids(index, "avocado") == ["a"])
  }

  @Test func anUpdateThatThrowsChangesNothing() throws {
    struct Stop: Error {}
    let index = try index(["a": "apple"])
    #expect(throws: Stop.self) {
      try index.update { writer in
        try writer.add(Document(id: "b", text: "banana"))
        writer.delete(id: "a")
        throw Stop()
      }
    }
    #expect(try ids(index, "apple OR banana") == ["a"])
    try index.update { try $0.add(Document(id: "c", text: "cherry")) }
    #expect(try ids(index, "apple OR banana OR cherry") == ["a", "c"])
  }

  @Test func aSnapshotDoesNotChange() throws {
    let index = try index(["a": "apple"])
    let before = index.current
    try index.update { writer in
      writer.delete(id: "a")
      try writer.add(Document(id: "b", text: "apple"))
    }
    try index.optimize()
    #expect(try before.search("apple").hits.map(\.id) == ["a"])
    #expect(try ids(index, "apple") == ["b"])
  }

  @Test func everyTypeOfQueryFindsWhatItAsksFor() throws {
    let index = try LoquatIndex.inMemory()
    try index.update { writer in
      try writer.add(
        Document(
          id: "1", title: "Quarterly report", text: "Semiconductor revenue grew. 芯片收入上升。",
          fields: [
            "date": .text("2026-03-14"), "views": .number(150), "author": .text("Chan Tai-man"), "open": .bool(true),
          ]))
      try writer.add(
        Document(
          id: "2", title: "Ferry news", text: "The semiconductors ferry left the harbour late.",
          fields: ["date": .text("2025-12-31"), "views": .number(99.5), "open": .bool(false)]))
    }
    for (query, expected) in [
      ("semiconductor", ["1", "2"]), ("semicond*", ["1", "2"]), ("h?rbour", ["2"]), ("harbuor~1", ["2"]),
      ("harbour~0", ["2"]),
      ("/har.*r/", ["2"]), ("\"revenue grew\"", ["1"]), ("\"grew revenue\"", []),
      ("\"revenue semiconductor\"~3", ["1"]),
      ("title:report", ["1"]), ("title:ferry", ["2"]), ("title:semiconductor", []), ("author:chan", ["1"]),
      ("open:true", ["1"]),
      ("views:[100 TO 200]", ["1"]), ("views:99.5", ["2"]), ("views:{99.5 TO *}", ["1"]),
      ("date:[2026-01-01 TO 2026-12-31]", ["1"]),
      ("date:2026-03-14", ["1"]), ("author:*", ["1"]), ("views:*", ["1", "2"]), ("*:*", ["1", "2"]),
      ("+semiconductor -ferry", ["1"]),
      ("NOT ferry", ["1"]), ("晶片 OR 芯片", ["1"]), ("revenue NEAR/3 芯片", ["1"]), ("semiconductor^3 ferry", ["2", "1"]),
    ] {
      #expect(Set(try ids(index, query)) == Set(expected), "\(query)")
    }
  }

  /// `9999-12-31` for "never" is frequent, and 64 bits of nanoseconds end in 2262.
  @Test func datesOfEveryYearAreIndexedAndCompared() throws {
    let index = try LoquatIndex.inMemory()
    let dates = [
      "0000-01-01", "0001-01-01", "1677-09-20", "1970-01-01", "2026-03-14", "2262-04-12", "9999-12-31T23:59:59Z",
    ]
    try index.update { writer in
      for date in dates { try writer.add(Document(id: date, text: "x", fields: ["date": .text(date)])) }
    }
    for (query, expected) in [
      ("date:[2020-01-01 TO 9999-12-31]", dates[4...]), ("date:[0001-01-01 TO 2000-01-01]", dates[..<4]),
      ("date:[1970-01-01 TO 2026-12-31]", dates[3...4]), ("date:{1970-01-01 TO *]", dates[4...]),
      ("date:{9999-12-31 TO *]", dates[..<0]), ("date:[* TO 0000-01-01}", dates[..<0]),
    ] {
      #expect(try ids(index, query).sorted() == Array(expected), "\(query)")
    }
  }

  @Test func errorsInQueriesAreTyped() throws {
    let index = try index(["a": "apple"])
    #expect(throws: QueryParseError.self) { try index.search("\"open") }
    #expect(throws: QueryError.self) { try index.search("/(a/") }
  }

  @Test func explanationsAddUpToTheScore() throws {
    let index = try index(["a": "apple pie apple", "b": "apple cake with cream", "c": "香港科學園的蘋果"])
    for query in ["apple pie", "香港科學園", "apple AND cake", "\"apple pie\" cake"] {
      var request = SearchRequest()
      request.explains = true
      for hit in try index.search(query, request).hits {
        let explanation = try #require(hit.explanation)
        #expect(abs(explanation.value - hit.score) < 1e-4)
        if explanation.description == "sum of" {
          let sum = explanation.details.reduce(0) { $0 + $1.value }
          #expect(abs(sum - hit.score) < 1e-3 * max(1, hit.score), "\(query) \(explanation)")
        }
      }
    }
  }

  @Test func resultsCarryTitlesSnippetsAndHighlights() throws {
    let index = try LoquatIndex.inMemory()
    try index.update { try $0.add(Document(id: "1", title: "香港新聞", text: "生物科技公司 <b>BioMap</b> 在科學園開業。")) }
    let hit = try #require(try index.search("科学园").hits.first)
    #expect(hit.title == "香港新聞")
    #expect(hit.snippet?.html() == "生物科技公司 &lt;b&gt;BioMap&lt;/b&gt; 在<em>科學園</em>開業。")
    let text = Array("生物科技公司 <b>BioMap</b> 在科學園開業。".utf8)
    let range = try #require(hit.highlights["text"]?.first)
    #expect(String(decoding: text[range], as: UTF8.self) == "科學園")
    #expect(hit.path == nil)
  }

  @Test func anIndexOfIDsStoresNoText() throws {
    let index = try LoquatIndex.inMemory(settings: IndexSettings(store: .ids))
    try index.update { try $0.add(Document(id: "x", title: "Title", text: "some text")) }
    let hit = try #require(try index.search("text").hits.first)
    #expect(hit.id == "x")
    #expect(hit.title == "")
    #expect(hit.snippet == nil)
  }

  @Test func anIndexOnDiskIsOpenedAsItWasLeft() throws {
    let folder = try TemporaryFolder()
    do {
      let index = try LoquatIndex(
        path: folder.path + "/i", settings: IndexSettings(analyzer: AnalyzerConfiguration(name: .chinese)))
      try index.update { try $0.add(Document(id: "1", text: "香港")) }
    }
    let index = try LoquatIndex.open(path: folder.path + "/i")
    #expect(index.settings.analyzer.name == .chinese)
    #expect(try ids(index, "香港") == ["1"])
    _ = try index.verify()
    #expect(throws: IndexError.self) { try LoquatIndex.open(path: folder.path + "/none") }
  }

  @Test func oneWriterAtATimeHoldsAnIndex() throws {
    let folder = try TemporaryFolder()
    let first = try LoquatIndex(path: folder.path + "/i")
    let second = try LoquatIndex.open(path: folder.path + "/i")
    try first.update { _ in
      #expect {
        try second.update { _ in }
      } throws: { ($0 as? IndexError)?.code == .locked }
    }
    try second.update { try $0.add(Document(id: "1", text: "later")) }
    try first.refresh()
    #expect(try ids(first, "later") == ["1"])
  }

  @Test func aDocumentThatCannotBeIndexedIsRefusedAlone() throws {
    let index = try LoquatIndex.inMemory()
    try index.update { writer in
      try writer.add(Document(id: "1", text: "good", fields: ["n": .number(1)]))
      #expect(throws: IndexError.self) { try writer.add(Document(id: "2", text: "bad", fields: ["n": .text("one")])) }
      #expect(throws: IndexError.self) { try writer.add(Document(id: "", text: "no id")) }
      #expect(throws: IndexError.self) { try writer.add(Document(id: "3", text: "x", fields: ["_root": .number(1)])) }
      try writer.add(Document(id: "4", text: "good too"))
    }
    #expect(try ids(index, "good bad x id") == ["1", "4"])
    _ = try index.verify()
  }

  // MARK: Deletions by query

  @Test func aQueryDeletesWhatASearchForItFinds() throws {
    let texts = ["a": "apple pie", "b": "香港科學園", "c": "apple 科学园", "d": "ferry"]
    for (query, left) in [
      ("apple", ["b", "d"]), ("科學園", ["a", "d"]), ("apple -pie", ["a", "b", "d"]), ("NOT ferry", ["d"]),
      ("f*", ["a", "b", "c"]), ("*:*", []), ("zeppelin", ["a", "b", "c", "d"]),
    ] {
      let index = try index(texts)
      let found = try index.search(query).total
      #expect(try index.delete(where: query).removed == found, "\(query)")
      #expect(try ids(index, "*:*").sorted() == left, "\(query)")
      #expect(try index.search(query).total == 0, "\(query)")
      _ = try index.verify()
    }
    let index = try index(texts)
    #expect(try index.delete(where: "apple pie", .and).removed == 1)
    #expect(try index.delete(where: .text("ferry")).removed == 1)
    #expect(try ids(index, "*:*").sorted() == ["b", "c"])
  }

  @Test func aDeletionByQueryIsPartOfItsUpdate() throws {
    let index = try index(["a": "apple", "b": "banana"])
    let summary = try index.update { writer in
      // A field that only this update knows of.
      try writer.add(Document(id: "c", text: "cherry", fields: ["state": .text("draft")]))
      try writer.delete(where: "state:draft OR apple")
      try writer.add(Document(id: "d", text: "apple again", fields: ["state": .text("draft")]))
    }
    #expect(summary.added == 1 && summary.removed == 1)
    #expect(try ids(index, "*:*").sorted() == ["b", "d"])
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try index.update { writer in
        try writer.delete(where: "*:*")
        throw Stop()
      }
    }
    #expect(try ids(index, "*:*").sorted() == ["b", "d"])
  }

  @Test func aQueryThatIsNoneDeletesNothing() throws {
    let index = try index(["a": "apple"])
    #expect(throws: QueryParseError.self) { try index.delete(where: "\"open") }
    #expect(throws: QueryError.self) { try index.delete(where: "/(a/") }
    for empty in ["", "  "] {
      let error = #expect(throws: IndexError.self) { try index.delete(where: empty) }
      #expect(error?.code == .invalidArgument)
    }
    #expect(try index.delete(where: "…").removed == 0)
    #expect(index.current.documentCount == 1)
  }
}
