// What programs outside rely on: exit codes, one clear line for an error, the shapes of output.

import Foundation
import Testing

@Suite struct CommandTests {
  private func indexed() throws -> CommandRunner {
    let runner = try CommandRunner()
    try runner.write("# Science Park\n\n香港科學園的 biotech 公司。", to: "docs/park.md")
    try runner.write("The harbour ferry.", to: "docs/ferry.txt")
    let result = try runner.run("index", "docs")
    #expect(result.status == 0, "\(result)")
    return runner
  }

  private func isOneLine(_ text: String) -> Bool {
    text.hasPrefix("loquat: ") && text.hasSuffix("\n") && text.dropLast().allSatisfy { !$0.isNewline }
  }

  @Test func indexingAFolderMakesItsIndexAndSaysWhatItDid() throws {
    let runner = try indexed()
    #expect(FileManager.default.fileExists(atPath: runner.folder.appending(path: "docs/.loquat").path))
    let second = try runner.run("index", "docs")
    #expect(second.status == 0)
    #expect(second.output.contains("0 added, 0 updated, 0 removed, 2 unchanged, 0 skipped"))
    #expect(second.output.contains("nothing has changed"))
    let json = try runner.run("index", "docs", "--json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["unchanged"] as? Int == 2)
  }

  @Test func searchFindsAndExitsAsGrepDoes() throws {
    let runner = try indexed()
    let found = try runner.run("search", "--index", "docs/.loquat", "科学园")
    #expect(found.status == 0)
    #expect(found.output.contains("park.md"))
    #expect(!found.output.contains("\u{1B}"))
    let nothing = try runner.run("search", "--index", "docs/.loquat", "zeppelin")
    #expect(nothing.status == 1)
    #expect(nothing.errors.isEmpty)
    let several = try runner.run("search", "harbour", "ferry", "--index", "docs/.loquat", "--operator", "and")
    #expect(several.status == 0)
    let option = try runner.run("search", "--index", "docs/.loquat", "--", "-ferry")
    #expect(option.status == 0)
    #expect(option.output.contains("park.md"))
  }

  @Test func theIndexKeepsTheWordsOfItsUser() throws {
    let runner = try indexed()
    try runner.write("ferry, 渡輪, star boat\n", to: "synonyms.txt")
    try runner.write("科學園的\n", to: "words.txt")
    try runner.write("lonely\n", to: "bad.txt")
    let search = { (query: String) in
      try runner.run("search", "--index", "docs/.loquat", "--operator", "and", query).status
    }
    #expect(try search("渡轮") == 1)
    let changed = try runner.run("index", "docs", "--synonyms", "synonyms.txt")
    #expect(changed.status == 0 && changed.errors.contains("synonyms"), "\(changed)")
    #expect(try search("渡轮") == 0)
    #expect(try search("star boat") == 0)
    #expect(try runner.run("index", "docs", "--synonyms", "synonyms.txt").errors.isEmpty)
    let refused = try runner.run("index", "docs", "--user-words", "words.txt")
    #expect(refused.status == 2 && isOneLine(refused.errors) && refused.errors.contains("reindex"), "\(refused)")
    let anew = try runner.run("reindex", "--index", "docs/.loquat", "--user-words", "words.txt")
    #expect(anew.status == 0 && anew.output.contains("2 added"), "\(anew)")
    #expect(try search("渡轮") == 0)
    let analyzed = try runner.run("analyze", "--index", "docs/.loquat", "香港科學園的")
    #expect(analyzed.output.contains("hanWord\t科学园的\t"), "\(analyzed)")
    let bad = try runner.run("index", "docs", "--synonyms", "bad.txt")
    #expect(bad.status == 2 && isOneLine(bad.errors) && bad.errors.contains("line 1"), "\(bad)")
    // Files that are as they were stay untouched after an index was made anew.
    #expect(try runner.run("index", "docs").output.contains("2 unchanged"))
  }

  @Test func analyzeShowsWhatAQueryBecomes() throws {
    let runner = try CommandRunner()
    try runner.write("科學園, science park\n", to: "synonyms.txt")
    let lines = try runner.run("analyze", "--query", "--synonyms", "synonyms.txt", "香港科學園 the Covid-19 studies")
    for part in [
      "run\t香港科學園\t0..<15", "=scienc@0+park@1", "phrase\t香港@0", "term\tthe (stop word)", "term\tcovid-19",
      "term\tstudi",
    ] {
      #expect(lines.output.contains(part), "\(part) in \(lines.output)")
    }
    let json = try runner.run("analyze", "--query", "--quoted", "--json", "科學 園")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["segments"] as? [Any])?.count == 1)
    #expect(object["phrase"] as? [String] == ["科学@0", "学园@1"])
  }

  @Test func theIndexIsFoundInTheEnvironmentAndAbove() throws {
    let runner = try indexed()
    let named = try runner.run("search", "ferry", environment: ["LOQUAT_INDEX": runner.folder.path + "/docs/.loquat"])
    #expect(named.status == 0)
    let here = try CommandRunner()
    try here.write("ferry", to: "a.txt")
    #expect(try here.run("index", ".").status == 0)
    #expect(try here.run("search", "ferry").status == 0)
  }

  @Test func everyErrorIsOneLineWithStatusTwo() throws {
    let runner = try indexed()
    try runner.write("not an index", to: "broken/commit_1")
    for arguments in [
      ["search", "x"], ["search", "x", "--index", "none"], ["search", "x", "--index", "broken"],
      ["search", "\"open", "--index", "docs/.loquat"], ["search", "(a", "--index", "docs/.loquat"],
      ["search", "/(a/", "--index", "docs/.loquat"], ["verify", "--index", "broken"], ["frobnicate"], ["search"],
      ["delete"],
      ["delete", "x", "--index", "none"],
      ["search", "x", "-k", "many"], ["index", "a", "b"], ["index", "nowhere", "--index", "i"],
      ["run", "--queries", "none.tsv", "--output", "-", "--index", "docs/.loquat"],
    ] {
      let result = try runner.run(arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(isOneLine(result.errors), "\(arguments): \(result.errors)")
      #expect(result.output.isEmpty, "\(arguments): \(result.output)")
    }
  }

  @Test func aQueryWithoutATermFindsNothingAndSaysSo() throws {
    let runner = try indexed()
    for query in ["", "   ", "…"] {
      let result = try runner.run("search", "--index", "docs/.loquat", query)
      #expect(result.status == 1, "\(query)")
      #expect(isOneLine(result.errors), "\(query): \(result.errors)")
    }
  }

  @Test func deleteTakesOutWhatSearchFinds() throws {
    let runner = try indexed()
    let index = ["--index", "docs/.loquat"]
    let dry = try runner.run(["delete", "ferry", "--dry-run"] + index)
    #expect(dry.status == 0 && dry.output == "1 document would be deleted\n", "\(dry)")
    #expect(try runner.run(["search", "ferry"] + index).status == 0)
    let nothing = try runner.run(["delete", "harbour", "park", "--operator", "and"] + index)
    #expect(nothing.status == 1 && nothing.output == "0 documents deleted\n" && nothing.errors.isEmpty, "\(nothing)")
    let json = try runner.run(["delete", "ferry", "--json"] + index)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(json.status == 0 && object["query"] as? String == "ferry" && object["dry_run"] as? Bool == false)
    #expect(object["matched"] as? Int == 1 && object["deleted"] as? Int == 1)
    #expect(try runner.run(["search", "ferry"] + index).status == 1)
    #expect(try runner.run(["search", "科学园"] + index).status == 0)
    #expect(try runner.run(["verify"] + index).status == 0)
    // The file is still there.
    #expect(try runner.run("index", "docs").output.contains("1 added, 0 updated, 0 removed, 1 unchanged"))
    let rest = try runner.run(["delete"] + index + ["--", "-ferry"])
    #expect(rest.status == 0 && rest.output == "1 document deleted\n", "\(rest)")
    for query in ["", "\"open", "/(a/"] {
      for flags in [[], ["--dry-run"]] {
        let result = try runner.run(["delete", query] + flags + index)
        #expect(result.status == 2 && isOneLine(result.errors) && result.output.isEmpty, "\(query): \(result)")
      }
    }
  }

  @Test func hugeNumbersOfResultsAndOffsetsAreAnswered() throws {
    let runner = try indexed()
    let huge = "9223372036854775807"
    let far = try runner.run("search", "--index", "docs/.loquat", "--offset", huge, "-k", huge, "ferry")
    #expect(far.status == 0)
    let all = try runner.run("search", "--index", "docs/.loquat", "-k", huge, "ferry")
    #expect(all.output.contains("ferry.txt"))
  }

  @Test func aFailedIndexingMakesNoIndex() throws {
    let runner = try CommandRunner()
    #expect(try runner.run("index", "nowhere", "--index", "new").status == 2)
    #expect(!FileManager.default.fileExists(atPath: runner.folder.appending(path: "new").path))
  }

  @Test func outputThatCannotBeWrittenIsAnError() throws {
    let runner = try indexed()
    try runner.write("q1\tferry\n", to: "queries.tsv")
    let result = try runner.run(
      "run", "--queries", "queries.tsv", "--output", "/dev/full", "--index", "docs/.loquat")
    #expect(result.status == 2)
    #expect(isOneLine(result.errors))
  }

  @Test func searchJSONHasTheAgreedShape() throws {
    let runner = try indexed()
    let result = try runner.run("search", "--json", "--index", "docs/.loquat", "科学园 ferry")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["query"] as? String == "科学园 ferry")
    #expect(object["total"] as? Int == 2)
    #expect(object["took_ms"] is Double)
    let hits = try #require(object["hits"] as? [[String: Any]])
    #expect(hits.map { $0["rank"] as? Int } == [1, 2])
    let park = try #require(hits.first { $0["id"] as? String == "park.md" })
    #expect(park["path"] as? String == "park.md")
    #expect(park["title"] as? String == "Science Park")
    #expect((park["snippet"] as? String)?.contains("<em>科學園</em>") == true)
    #expect(park["score"] is Double)
    let highlights = try #require(park["highlights"] as? [String: [[Int]]])
    #expect(highlights["text"]?.isEmpty == false)
    let nothing = try runner.run("search", "--json", "--index", "docs/.loquat", "zeppelin")
    #expect(nothing.status == 1)
    #expect(nothing.output.contains("\"hits\""))
  }

  @Test func statsJSONHasTheAgreedKeys() throws {
    let runner = try indexed()
    let result = try runner.run("stats", "--json", "--index", "docs/.loquat")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    for key in ["documents", "deleted", "segments", "terms", "postings", "source_bytes", "index_bytes"] {
      #expect(object[key] is Int, "\(key)")
    }
    #expect(object["documents"] as? Int == 2)
    let files = try #require(object["files"] as? [String: Int])
    #expect(files.values.reduce(0, +) == object["index_bytes"] as? Int)
  }

  @Test func verifyNamesTheFileThatIsDamaged() throws {
    let runner = try indexed()
    #expect(try runner.run("verify", "--index", "docs/.loquat").status == 0)
    let folder = runner.folder.appending(path: "docs/.loquat")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("s0.") {
      let file = folder.appending(path: name)
      let sound = try Data(contentsOf: file)
      var damaged = sound
      damaged[damaged.count / 2] ^= 1
      try damaged.write(to: file)
      let result = try runner.run("verify", "--index", "docs/.loquat")
      #expect(result.status == 2, "\(name)")
      #expect(result.errors.contains(name), "\(name): \(result.errors)")
      try sound.write(to: file)
    }
    #expect(try runner.run("verify", "--index", "docs/.loquat").status == 0)
  }

  @Test func jsonLinesComeFromStandardInput() throws {
    let runner = try CommandRunner()
    let lines = "{\"id\":\"1\",\"text\":\"one fish\"}\n{\"id\":2,\"text\":\"two fish\"}\n{bad}\n"
    let result = try runner.run("index", "-", "--jsonl", "--index", "i", "--store", "ids", input: lines)
    #expect(result.status == 0)
    #expect(result.output.contains("2 added"))
    #expect(result.output.contains("1 skipped"))
    #expect(try runner.run("search", "fish", "--index", "i").status == 0)
  }

  @Test func theProtocolAnswersLineByLine() throws {
    let runner = try CommandRunner()
    let lines = "{\"id\":\"a\",\"text\":\"one fish\"}\n{\"id\":\"b\",\"text\":\"two fish fish\"}\n"
    _ = try runner.run("index", "-", "--jsonl", "--analyzer", "whitespace", "--index", "i", input: lines)
    let input =
      "COUNT\tfish\nTOP_10\tfish\nTOP_10_COUNT\t+one +fish\nDOCS_1\tfish\nCOUNT\t\"two fish\"\nNOOP\tx\nCOUNT\t\"x\nCOUNT\tabsent\n"
    let plain = try runner.run("protocol", "--index", "i", input: input)
    let answers = plain.output.split(separator: "\n").map(String.init)
    #expect(answers.count == 8)
    #expect(answers[0] == "2")
    #expect(answers[1] == "1")
    #expect(answers[2] == "1")
    #expect(answers[3].hasPrefix("b:"))
    #expect(answers[4] == "1")
    #expect(answers[5] == "UNSUPPORTED")
    #expect(answers[6] == "UNSUPPORTED")
    #expect(answers[7] == "0")
    // With times, every answer has the two numbers behind it.
    let timed = try runner.run("protocol", "--timings", "--index", "i", input: input)
    let rows = timed.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { $0.count } == [Int](repeating: 3, count: 8), "\(timed.output)")
    #expect(rows.map { $0[0] } == answers)
    #expect(rows.allSatisfy { (Int($0[1]) ?? -1) >= 0 && (Int($0[2]) ?? -1) >= 0 })
    #expect(Int(rows[3][1]) ?? 0 > 0)
    #expect(rows[6][1] == "0" && Int(rows[6][2]) ?? 0 > 0, "a query that does not parse is not executed")
    let plainer = try runner.run("protocol", "--timings", "--plain-documents", "--index", "i", input: input)
    let widths = plainer.output.split(separator: "\n").map { $0.split(separator: "\t").count }
    #expect(widths == [3, 3, 3, 1, 3, 1, 1, 3])
  }

  @Test func searchCountsByFields() throws {
    let runner = try CommandRunner()
    let rows = [("a", "en", 3, "2026-03-14"), ("b", "zh-HK", 14, "2026-03-30"), ("c", "en", 17, "2025-12-31")]
    let lines = rows.map {
      "{\"id\":\"\($0.0)\",\"text\":\"fish\",\"lang\":\"\($0.1)\",\"views\":\($0.2),\"date\":\"\($0.3)\"}\n"
    }
    _ = try runner.run("index", "-", "--jsonl", "--index", "i", input: lines.joined())
    let text = try runner.run("search", "fish", "-k", "1", "--facet", "lang", "--facet", "views:1/10", "--index", "i")
    #expect(text.status == 0, "\(text)")
    #expect(text.output.contains("lang: 2 different in 3 of the results\n   2  en\n   1  zh-HK\n"), "\(text.output)")
    #expect(text.output.contains("views: 2 different in 3 of the results\n   2  10\n"), "\(text.output)")
    #expect(text.output.contains("3 results in"))
    let json = try runner.run(
      "search", "fish", "--json", "--facet", "date/month", "--sort", "views", "-k", "0", "--index", "i")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let facet = try #require((object["facets"] as? [[String: Any]])?.first)
    #expect(facet["field"] as? String == "date" && facet["distinct"] as? Int == 2 && facet["documents"] as? Int == 3)
    let values = try #require(facet["values"] as? [[String: Any]])
    #expect(values.map { $0["value"] as? String } == ["2026-03", "2025-12"])
    #expect(values.map { $0["count"] as? Int } == [2, 1])
    let plain = try runner.run("search", "fish", "--json", "--index", "i")
    #expect(!plain.output.contains("facets"))
    for bad in ["", "lang:0", "lang:x", "lang/-1", "absent", "lang/year", "text", "lang/5", "_value.lang"] {
      let refused = try runner.run("search", "fish", "--facet", bad, "--index", "i")
      #expect(refused.status == 2, "\(bad): \(refused)")
      #expect(!refused.errors.isEmpty)
    }
    #expect(try runner.run("verify", "--index", "i").status == 0)
  }

  @Test func runWritesATRECRun() throws {
    let runner = try indexed()
    try runner.write("q1\tscience park\nq2\tferry +(\"\n", to: "queries.tsv")
    let result = try runner.run(
      "run", "--queries", "queries.tsv", "--output", "-", "--tag", "t", "--index", "docs/.loquat")
    #expect(result.status == 0, "\(result.errors)")
    let rows = result.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.map { $0.count } == [6, 6])
    #expect(
      rows[0][0] == "q1" && rows[0][1] == "Q0" && rows[0][2] == "park.md" && rows[0][3] == "1" && rows[0][5] == "t")
  }

  @Test func optimizeLeavesOneSegmentAndTheSameAnswers() throws {
    let runner = try indexed()
    try runner.write("another ferry", to: "docs/more.txt")
    #expect(try runner.run("index", "docs").status == 0)
    let before = try runner.run("search", "ferry", "--json", "--index", "docs/.loquat")
    #expect(try runner.run("optimize", "--index", "docs/.loquat", "--max-segments", "1").status == 0)
    let stats = try runner.run("stats", "--json", "--index", "docs/.loquat")
    #expect(stats.output.contains("\"segments\" : 1"))
    func expectTheSameAnswers() throws {
      let after = try runner.run("search", "ferry", "--json", "--index", "docs/.loquat")
      #expect(
        after.output.split(separator: "\n").filter { !$0.contains("took_ms") }
          == before.output.split(separator: "\n").filter { !$0.contains("took_ms") })
      #expect(try runner.run("verify", "--index", "docs/.loquat").status == 0)
    }
    try expectTheSameAnswers()
    #expect(try runner.run("optimize", "--index", "docs/.loquat", "--reorder").status == 0)
    try expectTheSameAnswers()
  }

  @Test func analyzeShowsTokensWithKindsAndOffsets() throws {
    let runner = try CommandRunner()
    let result = try runner.run("analyze", "--json", "5G網絡")
    let tokens = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    #expect(tokens.contains { $0["term"] as? String == "5g" })
    #expect(tokens.contains { $0["term"] as? String == "网络" && $0["start"] as? Int == 2 && $0["end"] as? Int == 8 })
  }

  @Test func theVersionIsShown() throws {
    let result = try CommandRunner().run("--version")
    #expect(result.status == 0)
    #expect(result.output.split(separator: ".").count == 3)
  }
}
