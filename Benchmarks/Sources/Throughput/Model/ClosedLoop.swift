// Closed loop: each thread asks the next query as soon as it has the answer to the last one. Measures throughput; its
// times are those of a query without waiting.

import Loquat
import Synchronization

/// Asks the same queries over and over.
struct ClosedLoop {
  let snapshot: IndexSnapshot
  let searcher: Searcher

  init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
    searcher = snapshot.makeSearcher()
  }

  /// What one measurement gave.
  struct Figure {
    let queriesPerSecond: Double
    let latency: LatencySummary
  }

  /// Asks every query once to warm up, then in as many whole passes as fit in about `seconds`, so that each run asks the
  /// same queries equally often.
  func measure(_ queries: [String], _ command: SearchCommand, threads: Int, seconds: Double) throws -> Figure {
    let warmUp = try pass(queries, command, threads: threads, passes: 1)
    let passes = max(1, Int((seconds / max(warmUp.seconds, 1e-6)).rounded()))
    let (taken, recorder) = try pass(queries, command, threads: threads, passes: passes)
    return Figure(queriesPerSecond: Double(queries.count * passes) / taken, latency: recorder.summary)
  }

  /// Times from the first query that any thread asks to the last answer: threads and analyzers are made before.
  private func pass(_ queries: [String], _ command: SearchCommand, threads: Int, passes: Int) throws -> (
    seconds: Double, recorder: LatencyRecorder
  ) {
    let next = Atomic<Int>(0)
    let all = Mutex((recorder: LatencyRecorder(), start: Int64.max, end: Int64.min))
    let total = queries.count * passes
    try withThreads(threads) { _ in
      let runner = try QueryRunner(snapshot, searcher)
      var recorder = LatencyRecorder()
      let start = ProcessFigures.now()
      var last = start
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if number >= total { break }
        _ = try runner.run(queries[number % queries.count], command)
        let now = ProcessFigures.now()
        recorder.record(nanoseconds: now - last)
        last = now
      }
      all.withLock {
        $0.recorder.add(recorder)
        $0.start = min($0.start, start)
        $0.end = max($0.end, last)
      }
    }
    return all.withLock { (Double($0.end - $0.start) / 1e9, $0.recorder) }
  }
}
