// A run from the corpus to the results.

import Foundation
import Loquat

/// Runs the throughput benchmark.
public struct ThroughputRun {
  private let settings: BenchSettings
  private let progress: ProgressReporter
  private let processors = ProcessInfo.processInfo.activeProcessorCount

  /// The shares of the closed loop's throughput at which queries arrive in the open loop.
  private static let loads = [0.25, 0.5, 0.7, 0.8, 0.9]
  /// The parts of the corpus that are indexed to see how figures grow.
  private static let parts = [8, 4, 2]

  /// Makes a run; `report` is told how far it has come.
  public init(_ settings: BenchSettings, report: @escaping @Sendable (ProgressReport) -> Void = { _ in }) {
    self.settings = settings
    progress = ProgressReporter(report)
  }

  /// Runs everything. Takes minutes.
  ///
  /// - Throws: ``BenchError`` when there is no corpus or no query; errors of the engine and of the file system.
  public func run() throws -> BenchResults {
    let start = ProcessFigures.now()
    try emptyWorkFolder()
    progress.begin("generating the corpus", share: 0.01)
    let corpus = try BenchCorpus(settings) { progress.advance($0) }
    progress.begin("indexing", share: 0.1)
    let path = settings.workFolder + "/index"
    let indexing = try IndexMaking(settings: settings, path: path).make(corpus) { [progress] in progress.advance($0) }
    var results = BenchResults(
      machine: .current(),
      corpus: .init(source: corpus.source, seed: settings.seed, analyzer: settings.analyzer.rawValue),
      indexing: indexing)
    let queries = try drawQueries(path, &results)
    results.throughput = try throughput(queries, snapshot(path))
    results.openLoop = try openLoop(queries, snapshot(path))
    results.temperature = try temperatures(queries, path)
    if settings.measuresGrowth, !corpus.isFolder {
      results.growth = try growth(corpus, queries, path, results)
    }
    progress.finish()
    results.seconds = Double(ProcessFigures.now() - start) / 1e9
    return results
  }

  private func snapshot(_ path: String) throws -> IndexSnapshot { try LoquatIndex.open(path: path).current }

  private func drawQueries(_ path: String, _ results: inout BenchResults) throws -> QueryGroups {
    let snapshot = try snapshot(path)
    results.corpus.documents = snapshot.documentCount
    results.corpus.textBytes = try snapshot.reader.statistics().sourceBytes
    let queries = try QueryGroups(settings, snapshot)
    try Data(queries.text.utf8).write(to: URL(fileURLWithPath: settings.outputFolder + "/queries.tsv"))
    results.queryKinds = queries.groups.map { .init(kind: $0.kind, queries: $0.queries.count) }
    return queries
  }

  /// Removes what an earlier run left, and nothing else.
  private func emptyWorkFolder() throws {
    for folder in [settings.workFolder, settings.outputFolder] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    for name in ["corpus.jsonl", "index", "part.jsonl", "part"] {
      let path = settings.workFolder + "/" + name
      if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }
  }

  private func throughput(_ queries: QueryGroups, _ snapshot: IndexSnapshot) throws -> [BenchResults.ThroughputFigure] {
    let loop = ClosedLoop(snapshot)
    let counts = settings.threadCounts(settings.threads > 0 ? settings.threads : processors)
    let share = 0.5 / Double(counts.count * SearchCommand.allCases.count * queries.groups.count)
    var figures: [BenchResults.ThroughputFigure] = []
    for threads in counts {
      for command in SearchCommand.allCases {
        for (kind, texts) in queries.groups {
          progress.begin("\(command.rawValue), \(kind), \(threads) threads", share: share)
          let figure = try loop.measure(texts, command, threads: threads, seconds: settings.secondsPerCell)
          figures.append(
            .init(
              kind: kind, command: command.rawValue, threads: threads, queriesPerSecond: figure.queriesPerSecond,
              latency: figure.latency))
        }
      }
    }
    return figures
  }

  private func openLoop(_ queries: QueryGroups, _ snapshot: IndexSnapshot) throws -> [BenchResults.OpenLoopFigure] {
    let threads = settings.threads > 0 ? settings.threads : processors
    let mixed = queries.mixed
    progress.begin("closed loop of all kinds", share: 0.02)
    let most = try ClosedLoop(snapshot).measure(mixed, .top10, threads: threads, seconds: settings.secondsPerRate)
    let loop = OpenLoop(snapshot)
    return try Self.loads.map { load in
      progress.begin("open loop, \(Int(load * 100)) % load", share: 0.15 / Double(Self.loads.count))
      let rate = most.queriesPerSecond * load
      let times = try loop.measure(
        mixed, .top10, rate: rate, seconds: settings.secondsPerRate, threads: threads, seed: settings.seed)
      return .init(load: load, rate: rate, latency: times.latency, serviceTime: times.serviceTime)
    }
  }

  private func temperatures(_ queries: QueryGroups, _ path: String) throws -> [BenchResults.TemperatureFigure] {
    let mixed = Array(queries.mixed.prefix(400))
    return try Temperatures(path: path).measure(mixed, rounds: settings.coldRounds) {
      progress.begin("cold and warm", share: 0.02 / Double(settings.coldRounds))
    }
  }

  private func growth(
    _ corpus: BenchCorpus, _ queries: QueryGroups, _ wholePath: String, _ results: BenchResults
  ) throws -> [BenchResults.GrowthFigure] {
    var figures: [BenchResults.GrowthFigure] = []
    for part in Self.parts where results.corpus.documents >= 8 * part {
      progress.begin("indexing 1/\(part) of the corpus", share: 0.1 / Double(part))
      let lines = try corpus.prefix(results.corpus.documents / part, to: settings.workFolder + "/part.jsonl")
      let path = settings.workFolder + "/part"
      let made = try IndexMaking(settings: settings, path: path).make(lines) { [progress] in progress.advance($0) }
      figures.append(try growthFigure(snapshot(path), made, queries))
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.removeItem(atPath: lines.path)
    }
    figures.append(try growthFigure(snapshot(wholePath), results.indexing, queries))
    return figures
  }

  private func growthFigure(
    _ snapshot: IndexSnapshot, _ made: BenchResults.IndexingFigures, _ queries: QueryGroups
  ) throws -> BenchResults.GrowthFigure {
    var means: [String: Double] = [:]
    for (kind, texts) in queries.groups {
      let figure = try ClosedLoop(snapshot).measure(texts, .top10, threads: 1, seconds: settings.secondsPerCell / 2)
      means[kind] = figure.latency.mean
    }
    return .init(
      documents: snapshot.documentCount, textBytes: try snapshot.reader.statistics().sourceBytes, seconds: made.seconds,
      mergeSeconds: made.mergeSeconds, bytes: made.bytes, meanNanoseconds: means)
  }
}
