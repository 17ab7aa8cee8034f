// The commands that judge and change the ranking.

import Foundation
import Testing

@Suite struct RankingCommandTests {
  private func indexed(_ arguments: String...) throws -> CommandRunner {
    let runner = try CommandRunner()
    let lines = """
      {"id": "a", "title": "Harbour", "text": "the ferry of the harbour 香港的渡輪"}
      {"id": "b", "text": "a ferry and a bridge, and a harbour 茶餐廳", "views": 90}
      {"id": "c", "text": "bridges 茶"}
      """
    let result = try runner.run(["index", "-", "--jsonl", "--index", "i"] + arguments, input: lines)
    try #require(result.status == 0, "\(result)")
    try runner.write("1\tferry harbour\n2\tbridges\n3\tzeppelin\n", to: "queries.tsv")
    try runner.write("1 0 a 2\n1 0 b 1\n2 0 c 1\n3 0 c 1\n", to: "qrels.trec")
    return runner
  }

  private func json(_ result: CommandResult) throws -> [String: Any] {
    try #require(result.status == 0, "\(result)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test func evaluatingAnIndexIsEvaluatingItsRun() throws {
    let runner = try indexed()
    let run = try runner.run("run", "--queries", "queries.tsv", "--output", "r.txt", "--index", "i")
    try #require(run.status == 0, "\(run.errors)")
    let ofRun = try json(try runner.run("evaluate", "--run", "r.txt", "--qrels", "qrels.trec", "--json", "--per-query"))
    let ofIndex = try json(
      try runner.run(
        "evaluate", "--queries", "queries.tsv", "--index", "i", "--qrels", "qrels.trec", "--json", "--per-query"))
    let first = try #require((ofRun["runs"] as? [[String: Any]])?.first)
    let second = try #require((ofIndex["runs"] as? [[String: Any]])?.first)
    let measures = try #require(first["measures"] as? [String: Double])
    #expect(measures == second["measures"] as? [String: Double])
    #expect(abs((measures["nDCG@10"] ?? 0) - 2.0 / 3) < 1e-9)
    #expect(abs((measures["empty"] ?? 0) - 1.0 / 3) < 1e-9)
    let perQuery = try #require(first["perQuery"] as? [String: [String: Double]])
    #expect(perQuery["3"]?["RR@10"] == 0 && perQuery["2"]?["RR@10"] == 1)
  }

  @Test func filtersRestrictWithoutScoring() throws {
    let runner = try indexed()
    func hits(_ arguments: String...) throws -> [String: Double] {
      let found = try json(try runner.run(["search", "ferry harbour", "--json", "--index", "i"] + arguments))
      let hits = try #require(found["hits"] as? [[String: Any]])
      #expect(found["total"] as? Int == hits.count)
      return Dictionary(
        uniqueKeysWithValues: hits.compactMap { hit in
          (hit["id"] as? String).flatMap { id in (hit["score"] as? Double).map { (id, $0) } }
        })
    }
    let all = try hits()
    #expect(all.keys.sorted() == ["a", "b"])
    #expect(try hits("--filter", "bridge") == all.filter { $0.key == "b" })
    #expect(try hits("--filter", "views:[50 TO *]") == all.filter { $0.key == "b" })
    #expect(try hits("--filter", "香港", "--filter", "NOT bridge") == all.filter { $0.key == "a" })
    let malformed = try runner.run("search", "ferry", "--filter", "(bridge", "--index", "i")
    #expect(malformed.status == 2 && malformed.errors.contains("--filter does not parse"), "\(malformed)")
    #expect(try runner.run("search", "ferry", "--filter", " ", "--index", "i").status == 2)
  }

  @Test func resultsAreSortedByFields() throws {
    let runner = try CommandRunner()
    let lines = """
      {"id": "a", "text": "ferry", "views": 90, "date": "2026-03-01"}
      {"id": "b", "text": "ferry ferry", "views": 7, "date": "2026-01-01"}
      {"id": "c", "text": "ferry and bridge", "date": "2026-02-01"}
      {"id": "d", "text": "a ferry again", "views": 90, "date": "2025-02-01"}
      """
    try #require(try runner.run(["index", "-", "--jsonl", "--index", "i"], input: lines).status == 0)
    func ids(_ sort: String, _ more: String...) throws -> String {
      let found = try json(try runner.run(["search", "ferry", "--sort", sort, "--json", "--index", "i"] + more))
      #expect(found["total"] as? Int == 4)
      return try #require(found["hits"] as? [[String: Any]]).compactMap { $0["id"] as? String }.joined()
    }
    #expect(try ids("views") == "badc")
    #expect(try ids("views:desc") == "adbc")
    #expect(try ids("views:desc,date") == "dabc")
    #expect(try ids("date:desc") == "acbd")
    #expect(try ids("_score").hasPrefix("b"))
    #expect(try ids("date", "-k", "2", "--offset", "1") == "bc")
    let text = try runner.run("search", "ferry", "--sort", "text", "--index", "i")
    #expect(text.status == 2 && text.errors.contains("_score, date, views"), "\(text)")
    #expect(try runner.run("search", "ferry", "--sort", "views:up", "--index", "i").status == 2)
  }

  @Test func severalRunsAreComparedWithTheFirst() throws {
    let runner = try indexed()
    try runner.write("1 Q0 b 1 2 t\n1 Q0 a 2 1 t\n2 Q0 c 1 1 t\n", to: "worse.txt")
    try runner.write("1 Q0 a 1 2 t\n1 Q0 b 2 1 t\n2 Q0 c 1 1 t\n", to: "better.txt")
    let table = try runner.run("evaluate", "--run", "worse.txt", "--run", "better.txt", "--qrels", "qrels.trec")
    #expect(table.status == 0, "\(table)")
    #expect(table.output.contains("better.txt against worse.txt"))
    #expect(table.output.contains("paired t test") && table.output.contains("randomisation, 10000 samples, seed 1"))
    let report = try json(
      try runner.run("evaluate", "--run", "worse.txt", "--run", "better.txt", "--qrels", "qrels.trec", "--json"))
    let second = try #require((report["runs"] as? [[String: Any]])?.last)
    let comparison = try #require(second["comparison"] as? [String: [String: Double]])
    #expect((comparison["nDCG@10"]?["difference"] ?? 0) > 0)
  }

  @Test func whatCannotBeJudgedIsOneClearError() throws {
    let runner = try indexed()
    try runner.write("1 Q0 a 1 2 t\n1 Q0\n", to: "broken.txt")
    try runner.write("1 0 a 0\n", to: "none.trec")
    for (arguments, message) in [
      (["--qrels", "qrels.trec"], "--run or --queries"),
      (["--run", "broken.txt", "--qrels", "qrels.trec"], "broken.txt:2:"),
      (["--run", "absent.txt", "--qrels", "qrels.trec"], "absent.txt cannot be read"),
      (["--run", "broken.txt", "--qrels", "none.trec"], "no relevant document"),
    ] {
      let result = try runner.run(["evaluate"] + arguments)
      #expect(result.status == 2 && result.errors.contains(message), "\(arguments): \(result.errors)")
    }
  }

  @Test func configKeepsWeightsWithTheIndex() throws {
    let runner = try indexed()
    let before = try json(try runner.run("config", "--index", "i", "--json"))
    #expect(before["changed"] as? [String] == [])
    #expect(
      try runner.run("config", "--index", "i", "--weight", "adjacency=0.5", "--weight", "title=2", "--b", "0.4").status
        == 0)
    let after = try json(try runner.run("config", "--index", "i", "--json"))
    #expect(after["changed"] as? [String] == ["adjacency", "title", "b"])
    #expect((after["weights"] as? [String: Double])?["title"] == 2)
    let kept = try runner.run("search", "--index", "i", "--explain", "harbour")
    let asked = try runner.run("search", "--index", "i", "--explain", "--weight", "title=2", "--b", "0.4", "harbour")
    #expect(kept.output.split(separator: "\n").dropLast() == asked.output.split(separator: "\n").dropLast())
    #expect(kept.output.contains("title:harbour"))
    #expect(try runner.run("config", "--index", "i", "--reset").status == 0)
    #expect(try json(try runner.run("config", "--index", "i", "--json"))["changed"] as? [String] == [])
  }

  @Test func parametersOutOfRangeAreRefusedEverywhere() throws {
    let runner = try indexed()
    for option in [
      ["--k1", "-1"], ["--b", "2"], ["--k1", "nan"], ["--weight", "adjacency"], ["--weight", "nonsense=1"],
      ["--weight", "title=-1"], ["--weight", "title=x"],
    ] {
      for command in [
        ["search", "ferry"], ["run", "--queries", "queries.tsv", "--output", "-"],
        ["evaluate", "--queries", "queries.tsv", "--qrels", "qrels.trec"], ["config"],
      ] {
        let result = try runner.run(command + ["--index", "i"] + option)
        #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty, "\(command) \(option)")
      }
    }
    for option in [["--recency", "0"], ["--boost-by", "views"], ["--boost-by", "views=-1"]] {
      #expect(try runner.run(["search", "ferry", "--index", "i"] + option).status == 2, "\(option)")
    }
  }

  @Test func fieldsOfNumbersRaiseScores() throws {
    let runner = try indexed()
    let result = try runner.run("search", "--index", "i", "--boost-by", "views=10", "-k", "1", "--explain", "ferry")
    #expect(result.output.hasPrefix("1. b"))
    #expect(result.output.contains("views = 90") && result.output.contains("text:ferri (stem)"))
    for option in [["--boost-by", "title=2"], ["--recency", "3", "--recency-field", "views"]] {
      let refused = try runner.run(["search", "--index", "i", "ferry"] + option)
      #expect(refused.status == 2 && refused.output.isEmpty && !refused.errors.isEmpty, "\(option)")
    }
  }

  @Test func aQueryThatComesTwiceIsRefused() throws {
    let runner = try indexed()
    try runner.write("1\tferry\n2\tharbour\n1\ttea\n", to: "twice.tsv")
    for command in [["run", "--output", "-"], ["evaluate", "--qrels", "qrels.trec"]] {
      let result = try runner.run(command + ["--index", "i", "--queries", "twice.tsv"])
      #expect(result.status == 2 && result.errors.contains("twice.tsv:3: the query 1 comes twice"), "\(command)")
    }
  }

  @Test func whatCannotChangeARunIsRefusedBesideIt() throws {
    let runner = try indexed()
    #expect(try runner.run("run", "--index", "i", "--queries", "queries.tsv", "--output", "r").status == 0)
    for option in [["--weight", "title=2"], ["-k", "3"], ["--b", "0.5"], ["--index", "i"]] {
      #expect(try runner.run(["evaluate", "--run", "r", "--qrels", "qrels.trec"] + option).status == 2, "\(option)")
    }
    try runner.write("nobody 0 a 1\n", to: "others.trec")
    let others = try runner.run("evaluate", "--run", "r", "--qrels", "others.trec")
    #expect(others.status == 0 && others.errors.contains("no query of r has judgements"))
  }

  @Test func anIndexWithoutCharactersFindsTheSame() throws {
    let runner = try indexed("--no-characters")
    let all = try indexed()
    for query in ["茶餐廳", "茶", "渡輪", "香港的渡轮", "\"茶餐廳\""] {
      let few = try json(try runner.run("search", "--json", "--index", "i", query))
      let many = try json(try all.run("search", "--json", "--index", "i", query))
      let ids = { (object: [String: Any]) in
        Set((object["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
      }
      #expect(ids(few) == ids(many), "\(query)")
    }
    let kept = try #require(try characterPostings(runner))
    let full = try #require(try characterPostings(all))
    #expect(kept < full)
    #expect(try all.run("index", "-", "--jsonl", "--index", "i", "--no-characters", input: "").status == 2)
    #expect(try runner.run("verify", "--index", "i").status == 0)
  }

  private func characterPostings(_ runner: CommandRunner) throws -> Int? {
    let kinds = try json(try runner.run("stats", "--json", "--index", "i"))["kinds"] as? [[String: Any]] ?? []
    for kind in kinds where kind["kind"] as? String == "hanCharacter" && kind["field"] as? String == "text" {
      return kind["postings"] as? Int
    }
    return nil
  }
}
