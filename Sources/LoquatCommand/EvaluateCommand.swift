// `loquat evaluate`: judges runs, or the index itself, by relevance judgements.

import ArgumentParser
import Effectiveness
import FoundationEssentials
import Loquat

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge TREC runs, or the index's own answers, by relevance judgements.",
    discussion: """
      Either --run, several times to compare each further run with the first, or --queries to run a file of queries \
      (qid<TAB>text) on the index first. The measures are nDCG@10, RR@10, R@100 and AP as ir_measures has them, and the \
      share of queries with an empty result. Queries without a relevant document do not count.
      """)

  @Option(name: .customLong("run"), help: "A TREC run; several times to compare.")
  var runs: [String] = []

  @Option(help: "A file of queries to run on the index.")
  var queries: String?

  @Option(help: "The judgements: lines of query 0 document grade.")
  var qrels: String

  @OptionGroup var location: IndexLocation

  @Option(name: .customShort("k"), help: "How many results for each of the --queries (default: 100).")
  var limit: Int?

  @OptionGroup var ranking: RankingArguments

  @Flag(help: "Print the measures of every query.")
  var perQuery = false

  @Option(help: "Samples of the randomisation test.")
  var samples = 10_000

  @Option(help: "The seed of the randomisation test.")
  var seed: UInt64 = 1

  @Flag(help: "Print as JSON.")
  var json = false

  func validate() throws {
    guard !runs.isEmpty || queries != nil else { throw ValidationError("--run or --queries is needed") }
    guard limit ?? 1 > 0 else { throw ValidationError("-k takes 1 or more") }
    guard try queries != nil || (limit == nil && location.path == nil && ranking.settings() == RankingSettings()) else {
      throw ValidationError("--index, -k, --k1, --b and --weight are for --queries: a --run has its scores already")
    }
    guard (1...10_000_000).contains(samples) else { throw ValidationError("--samples takes 1 to 10000000") }
  }

  func run() throws {
    let judgements = try read(qrels) { text throws(TRECFormatError) in try Judgements(trec: text) }
    guard !judgements.judgedQueries.isEmpty else { throw CommandError("\(qrels) has no relevant document") }
    var evaluations: [(name: String, evaluation: RunEvaluation)] = []
    for name in runs {
      let run = try read(name) { text throws(TRECFormatError) in try Run(trec: text) }
      if !judgements.judgedQueries.contains(where: { run.results[$0] != nil }) {
        Terminal.write("loquat: no query of \(name) has judgements in \(qrels)\n", to: 2)
      }
      evaluations.append((name, RunEvaluation(run, judgements)))
    }
    if let queries {
      let index = try location.open()
      evaluations.append((queries, RunEvaluation(try answers(of: index.current, to: queries), judgements)))
    }
    let report = EvaluationReport(evaluations, samples: samples, seed: seed, perQuery: perQuery)
    if json { try JSONOutput.print(report) } else { Terminal.write(report.text, to: 1) }
  }

  private func answers(of snapshot: IndexSnapshot, to queries: String) throws -> Run {
    var run = Run()
    let batch = try BatchSearch(snapshot, ranking.settings())
    try QueryFile(queries).forEachQuery { qid, text in
      run.set(try batch.search(text, limit: limit ?? 100).map { Run.Entry($0.id, Double($0.score)) }, for: qid)
    }
    return run
  }

  private func read<T>(_ path: String, _ parse: (String) throws(TRECFormatError) -> T) throws -> T {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw CommandError("\(path) cannot be read")
    }
    do throws(TRECFormatError) {
      return try parse(String(decoding: data, as: UTF8.self))
    } catch {
      throw CommandError("\(path):\(error)")
    }
  }
}

/// What `evaluate` prints: a table, or as JSON the same with all digits.
private struct EvaluationReport: Encodable {
  struct Judged: Encodable {
    let run: String
    let queries: Int
    let measures: [String: Double]
    let comparison: [String: Compared]?
    let perQuery: [String: [String: Double]]?
  }

  struct Compared: Encodable {
    let difference, t_test, randomisation: Double
  }

  let runs: [Judged]
  let samples: Int
  let seed: UInt64

  init(_ evaluations: [(name: String, evaluation: RunEvaluation)], samples: Int, seed: UInt64, perQuery: Bool) {
    self.samples = samples
    self.seed = seed
    runs = evaluations.enumerated().map { place, entry in
      let evaluation = entry.evaluation
      var compared: [String: Compared]?
      if place > 0 {
        compared = Dictionary(
          uniqueKeysWithValues: Measure.allCases.map { measure in
            let result = PairedComparison(
              evaluations[0].evaluation.values[measure] ?? [], evaluation.values[measure] ?? [], samples: samples,
              seed: seed)
            return (
              measure.rawValue,
              Compared(
                difference: result.difference, t_test: result.tTest, randomisation: result.randomisation)
            )
          })
      }
      return Judged(
        run: entry.name, queries: evaluation.queries.count,
        measures: Self.byName { evaluation.mean($0) }, comparison: compared,
        perQuery: perQuery
          ? Dictionary(
            uniqueKeysWithValues: evaluation.queries.enumerated().map { number, query in
              (query, Self.byName { evaluation.values[$0]?[number] ?? 0 })
            }) : nil)
    }
  }

  private static func byName(_ value: (Measure) -> Double) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: Measure.allCases.map { ($0.rawValue, value($0)) })
  }

  var text: String {
    let names = Measure.allCases.map(\.rawValue)
    let width = max(3, runs.map { Terminal.clean($0.run).count }.max() ?? 0)
    var text = pad("run", width) + "  queries" + names.map { "  " + padLeft($0, 7) }.joined() + "\n"
    for judged in runs {
      text += pad(Terminal.clean(judged.run), width) + "  " + padLeft("\(judged.queries)", 7)
      text += names.map { "  " + padLeft(Format.fixed(judged.measures[$0] ?? 0, 4), 7) }.joined() + "\n"
    }
    for judged in runs {
      guard let comparison = judged.comparison else { continue }
      text += "\n\(Terminal.clean(judged.run)) against \(Terminal.clean(runs[0].run)):\n"
      for name in names {
        guard let compared = comparison[name] else { continue }
        text += "  " + pad(name, 7) + "  " + padLeft(signed(compared.difference), 7)
        text += "  p = \(Format.fixed(compared.t_test, 4)) (paired t test), "
        text += "\(Format.fixed(compared.randomisation, 4)) (randomisation, \(samples) samples, seed \(seed))\n"
      }
    }
    for judged in runs {
      guard let perQuery = judged.perQuery else { continue }
      text += "\n\(Terminal.clean(judged.run))\n"
      for (query, values) in perQuery.sorted(by: { $0.key < $1.key }) {
        text += Terminal.clean(query) + names.map { "\t" + Format.fixed(values[$0] ?? 0, 4) }.joined() + "\n"
      }
    }
    return text
  }

  private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Format.fixed(value, 4) }
  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
  private func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
