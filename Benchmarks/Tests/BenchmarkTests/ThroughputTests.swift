// A whole run over a few hundred documents, and the parts that figures depend on.

import Foundation
import Loquat
import Testing

@testable import ThroughputModel

@Suite struct ThroughputTests {
  private static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loquat-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test("a run measures everything and writes a report")
  func wholeRun() throws {
    let folder = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = BenchSettings()
    settings.documents = 400
    settings.queriesPerKind = 3
    settings.secondsPerCell = 0.01
    settings.secondsPerRate = 0.2
    settings.coldRounds = 1
    settings.threads = 3
    settings.workFolder = folder.appendingPathComponent("work").path
    settings.outputFolder = folder.appendingPathComponent("report").path
    let results = try ThroughputRun(settings).run()
    try ReportWriter.write(results, to: settings.outputFolder)

    #expect(results.corpus.documents == 400)
    #expect(results.indexing.bytes > 0)
    #expect(results.queryKinds.map(\.kind).contains("mixed"))
    #expect(results.throughput.count == 3 * 4 * results.queryKinds.count)
    #expect(results.throughput.allSatisfy { $0.queriesPerSecond > 0 && $0.latency.count >= 3 })
    #expect(results.openLoop.allSatisfy { $0.latency.mean >= $0.serviceTime.mean })
    #expect(results.temperature.map(\.state) == ["cold", "opened", "warm"])
    #expect(results.growth.map(\.documents) == [50, 100, 200, 400])
    let report = folder.appendingPathComponent("report")
    let html = try String(contentsOf: report.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(html.components(separatedBy: "<svg").count - 1 == results.plots.count)
    let json = try Data(contentsOf: report.appendingPathComponent("results.json"))
    #expect(try JSONDecoder().decode(BenchResults.self, from: json).throughput.count == results.throughput.count)
  }

  @Test("queries that wait for others count from their arrival")
  func openLoopCountsWaiting() throws {
    let index = try LoquatIndex.inMemory()
    try index.update { update in
      for id in 0..<2_000 {
        try update.add(
          Document(id: "\(id)", title: "", text: (0..<60).map { "w\(id % 97 + $0)" }.joined(separator: " ")))
      }
    }
    let query = (0..<60).map { "w\($0)" }.joined(separator: " ")
    let most = try ClosedLoop(index.current).measure([query], .top10, threads: 1, seconds: 0.2).queriesPerSecond
    // Twice as many as one thread can answer: the queue grows to the end.
    let times = try OpenLoop(index.current).measure(
      [query], .top10, rate: 2 * most, seconds: 0.5, threads: 1, seed: 1)
    #expect(times.latency.p90 > 10 * times.serviceTime.p50)
  }

  @Test("arrivals come at the rate, in order, the same for a seed")
  func arrivals() {
    let moments = OpenLoop.arrivals(rate: 10_000, seconds: 2, seed: 4)
    #expect(abs(Double(moments.count) - 20_000) < 600)
    #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(moments.allSatisfy { (0..<2_000_000_000).contains($0) })
    #expect(moments == OpenLoop.arrivals(rate: 10_000, seconds: 2, seed: 4))
    #expect(moments != OpenLoop.arrivals(rate: 10_000, seconds: 2, seed: 5))
  }

  @Test("percentiles are those of what was recorded, to three digits")
  func percentiles() {
    var recorder = LatencyRecorder()
    for value in 1...100_000 { recorder.record(nanoseconds: Int64(value) * 10) }
    let summary = recorder.summary
    for (found, wanted) in [
      (summary.p50, 500_000.0), (summary.p90, 900_000), (summary.p99, 990_000), (summary.p999, 999_000),
    ] {
      #expect(abs(Double(found) - wanted) <= 0.002 * wanted)
    }
    #expect(summary.count == 100_000)
    #expect(zip(summary.curve, summary.curve.dropFirst()).allSatisfy { $0.nanoseconds <= $1.nanoseconds })
  }

  @Test("the first lines of a corpus are a corpus")
  func prefixOfCorpus() throws {
    let folder = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = BenchSettings()
    let source = folder.appendingPathComponent("all.jsonl")
    try Data((1...9).map { "{\"id\": \($0)}\n" }.joined().utf8).write(to: source)
    settings.corpus = source.path
    let corpus = try BenchCorpus(settings) { _ in }
    for count in [0, 1, 4, 9, 20] {
      let part = try corpus.prefix(count, to: folder.appendingPathComponent("part.jsonl").path)
      let text = try String(contentsOfFile: part.path, encoding: .utf8)
      #expect(text == (1...9).prefix(count).map { "{\"id\": \($0)}\n" }.joined())
    }
  }

  @Test("the most threads are measured, and powers of two below")
  func threadCounts() {
    let settings = BenchSettings()
    #expect(settings.threadCounts(1) == [1])
    #expect(settings.threadCounts(2) == [1, 2])
    #expect(settings.threadCounts(6) == [1, 2, 4, 6])
  }
}
