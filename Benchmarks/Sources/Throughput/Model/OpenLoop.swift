// Open loop: queries arrive when they arrive, whether or not the engine is ready for them, as users do.
//
// A closed loop that is held up asks fewer queries in the meantime, and so records one long time where many users would
// have waited: coordinated omission (Gil Tene, "How not to measure latency"). Here the moments of arrival are laid down
// before, and each time counts from the arrival.

import Foundation
import Loquat
import QuerySets
import Synchronization

/// Asks queries at a rate.
struct OpenLoop {
  let snapshot: IndexSnapshot
  let searcher: Searcher

  init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
    searcher = snapshot.makeSearcher()
  }

  /// Lets queries arrive at random (a Poisson process) at `rate` for each second, answered by `threads`.
  func measure(
    _ queries: [String], _ command: SearchCommand, rate: Double, seconds: Double, threads: Int, seed: UInt64
  ) throws -> (latency: LatencySummary, serviceTime: LatencySummary) {
    let arrivals = Self.arrivals(rate: rate, seconds: seconds, seed: seed)
    let next = Atomic<Int>(0)
    let all = Mutex((latency: LatencyRecorder(), service: LatencyRecorder()))
    let start = ProcessFigures.now() + 20_000_000
    try withThreads(threads) { _ in
      let runner = try QueryRunner(snapshot, searcher)
      var latency = LatencyRecorder()
      var service = LatencyRecorder()
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if number >= arrivals.count { break }
        let arrival = start + arrivals[number]
        ProcessFigures.wait(until: arrival)
        let begin = ProcessFigures.now()
        _ = try runner.run(queries[number % queries.count], command)
        let end = ProcessFigures.now()
        latency.record(nanoseconds: end - arrival)
        service.record(nanoseconds: end - begin)
      }
      all.withLock {
        $0.latency.add(latency)
        $0.service.add(service)
      }
    }
    return all.withLock { ($0.latency.summary, $0.service.summary) }
  }

  /// The moments of arrival in nanoseconds from the start.
  static func arrivals(rate: Double, seconds: Double, seed: UInt64) -> [Int64] {
    var random = SeededRandom(seed: seed)
    var moments: [Int64] = []
    var moment = 0.0
    while true {
      moment += -log(1 - Double.random(in: 0..<1, using: &random)) / rate
      if moment >= seconds { return moments }
      moments.append(Int64(moment * 1e9))
    }
  }
}
