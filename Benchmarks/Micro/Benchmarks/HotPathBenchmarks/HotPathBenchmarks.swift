// The hot paths as benchmarks of the package ordo-one/benchmark: distributions, baselines and thresholds.

import Benchmark
import Foundation
import HotPaths

let benchmarks: @Sendable () -> Void = {
  // The package reads CPU time in hundredths of a second, too coarse for paths of microseconds.
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput], warmupIterations: 3, maxDuration: .milliseconds(300), maxIterations: 10_000,
    thresholds: [.wallClock: .init(relative: [.p90: 15])])
  do {
    for path in try paths() {
      Benchmark(path.name) { benchmark in
        let run = try path.prepare()
        benchmark.startMeasurement()
        blackHole(try run())
        benchmark.stopMeasurement()
      }
    }
  } catch {
    fatalError("the data for the benchmarks cannot be made: \(error)")
  }
}

/// The paths over data in the system's folder for temporary files, made when it isn't there.
private func paths() throws -> [HotPath] {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loquat-hot-paths").path
  let index = folder + "/index"
  if !FileManager.default.fileExists(atPath: folder + "/queries.tsv") {
    try HotPathData.make(in: folder, documents: 20_000)
  }
  let data = try HotPathData(folder: folder)
  try data.index(index)
  return try HotPaths.all(data, index: index)
}
