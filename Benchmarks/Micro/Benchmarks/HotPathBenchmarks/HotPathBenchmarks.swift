// The hot paths as benchmarks of the package ordo-one/benchmark: distributions, baselines and thresholds.

import Benchmark
import Foundation
import HotPaths

let benchmarks: @Sendable () -> Void = {
  // The package reads CPU time in hundredths of a second, too coarse for paths of microseconds; and what one run takes by
  // the clock of a virtual machine, the next may take in 0.6 or 1.7 of it. So these thresholds find what became twice as
  // slow; `make bench-check`, which runs two versions in turns, finds 10 %.
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], warmupIterations: 3, maxDuration: .milliseconds(500), maxIterations: 10_000,
    thresholds: [.wallClock: .init(relative: [.p90: 80])])
  do {
    for path in try paths() {
      // The package writes thresholds to names without blanks, and looks for them under names as they are.
      Benchmark(path.name.replacing(" ", with: "_")) { benchmark in
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

/// The paths over data and an index in the system's folder for temporary files.
///
/// The package starts a process for each benchmark. The first of a build makes both and leaves a stamp behind; the others
/// find it. Another build has another stamp, so that no engine is measured with what an older one wrote.
private func paths() throws -> [HotPath] {
  let files = FileManager.default
  let folder = files.temporaryDirectory.appendingPathComponent("loquat-hot-paths")
  let index = folder.appendingPathComponent("index").path
  let stamp = folder.appendingPathComponent("made-by")
  let build = try buildStamp()
  if (try? String(contentsOf: stamp, encoding: .utf8)) != build {
    try? files.removeItem(at: folder)
    try HotPathData.make(in: folder.path, documents: 20_000)
    try HotPathData(folder: folder.path).index(index)
    try build.write(to: stamp, atomically: true, encoding: .utf8)
  }
  return try HotPaths.all(HotPathData(folder: folder.path), index: index)
}

/// What tells this build from others: the size of the program and when it was linked.
private func buildStamp() throws -> String {
  let attributes = try FileManager.default.attributesOfItem(atPath: "/proc/self/exe".resolvingLink())
  let linked = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
  return "\(attributes[.size] ?? 0) bytes, linked at \(linked)\n"
}

extension String {
  fileprivate func resolvingLink() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: self)
  }
}
