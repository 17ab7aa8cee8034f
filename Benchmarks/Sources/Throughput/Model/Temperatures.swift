// The same queries asked of an index whose files are on disk only, of one just opened, and of one in use.

import Loquat

/// Measures first queries.
struct Temperatures {
  /// The folder of the index.
  let path: String

  /// Asks all queries once in each state, one after another on one thread, `rounds` times.
  func measure(_ queries: [String], rounds: Int, progress: () -> Void) throws -> [BenchResults.TemperatureFigure] {
    var cold = Sum(state: "cold")
    var opened = Sum(state: "opened")
    var warm = Sum(state: "warm")
    for _ in 0..<rounds {
      PageCache.evict(path)
      cold.resident += PageCache.residentShare(of: path)
      try cold.ask(queries, try cold.open(path))
      // The pages are in memory now, but a new snapshot checks each of them again when it touches it first.
      opened.resident += PageCache.residentShare(of: path)
      let snapshot = try opened.open(path)
      try opened.ask(queries, snapshot)
      warm.resident += PageCache.residentShare(of: path)
      try warm.ask(queries, snapshot)
      progress()
    }
    return [cold, opened, warm].map { $0.figure(rounds) }
  }

  private struct Sum {
    let state: String
    var resident = 0.0
    var openNanoseconds: Int64 = 0
    var recorder = LatencyRecorder()

    init(state: String) { self.state = state }

    mutating func open(_ path: String) throws -> IndexSnapshot {
      let start = ProcessFigures.now()
      let snapshot = try LoquatIndex.open(path: path).current
      openNanoseconds += ProcessFigures.now() - start
      return snapshot
    }

    mutating func ask(_ queries: [String], _ snapshot: IndexSnapshot) throws {
      let runner = try QueryRunner(snapshot, snapshot.makeSearcher())
      for query in queries {
        let start = ProcessFigures.now()
        _ = try runner.run(query, .top10)
        recorder.record(nanoseconds: ProcessFigures.now() - start)
      }
    }

    func figure(_ rounds: Int) -> BenchResults.TemperatureFigure {
      let rounds = Double(max(1, rounds))
      return BenchResults.TemperatureFigure(
        state: state, openNanoseconds: Double(openNanoseconds) / rounds, residentShare: resident / rounds,
        latency: recorder.summary)
    }
  }
}
