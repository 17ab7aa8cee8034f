// `loquat-hot-paths`: times hot paths, or runs each once where callgrind counts. Driven by `Benchmarks/check`.

import ArgumentParser
import CMeasuring
@preconcurrency import Glibc
import HotPaths

@main
struct HotPathsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loquat-hot-paths", abstract: "Measure the hot paths of the engine one by one.",
    subcommands: [Prepare.self, Index.self, Count.self, Serve.self])

  struct Prepare: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Generate the data that the paths work on.")
    @Option(help: "Where to.") var data: String
    @Option(help: "How many documents the corpus has.") var documents = 20_000

    func run() throws { try HotPathData.make(in: data, documents: documents) }
  }

  struct Index: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Index the data with this build's engine.")
    @OptionGroup var place: Place

    func run() throws { try HotPathData(folder: place.data).index(place.index) }
  }

  struct Count: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run each path once inside cmeasuring_region, and print the names in that order.")
    @OptionGroup var place: Place

    func run() throws {
      for path in try place.paths() {
        // Once before, so that pages are checked, tables allocated and lazy values made.
        _ = try path.prepare()()
        let measured = MeasuredRun(try path.prepare())
        cmeasuring_region(
          { context in
            if let context { Unmanaged<MeasuredRun>.fromOpaque(context).takeUnretainedValue().run() }
          }, Unmanaged.passUnretained(measured).toOpaque())
        print("\(path.name)\t\(try measured.result().get())")
      }
    }
  }

  struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Answer on standard input: LIST, or RUNS<TAB>NAME with the nanoseconds of CPU time of that many runs.")
    @OptionGroup var place: Place

    func run() throws {
      let paths = try place.paths()
      let byName = Dictionary(uniqueKeysWithValues: paths.map { ($0.name, $0) })
      setvbuf(stdout, nil, _IOLBF, 0)
      while let line = readLine() {
        if line == "LIST" {
          print(paths.map(\.name).joined(separator: "\t"))
          continue
        }
        let parts = line.split(separator: "\t", maxSplits: 1)
        guard parts.count == 2, let runs = Int(parts[0]), let path = byName[String(parts[1])] else {
          print("UNKNOWN")
          continue
        }
        var nanoseconds: UInt64 = 0
        for _ in 0..<runs {
          let run = try path.prepare()
          let start = processorTime()
          checksum = checksum &+ (try run())
          nanoseconds += processorTime() - start
        }
        print(nanoseconds)
      }
    }
  }
}

/// Where the data and the index of this build lie.
struct Place: ParsableArguments {
  @Option(help: "The folder that `prepare` made.") var data: String
  @Option(help: "The index that `index` makes.") var index: String
  @Option(help: "Only paths whose names contain this.") var filter = ""

  func paths() throws -> [HotPath] {
    try HotPaths.all(HotPathData(folder: data), index: index).filter { filter.isEmpty || $0.name.contains(filter) }
  }
}

/// A run that a function of C calls.
private final class MeasuredRun {
  private let body: () throws -> Int
  private var outcome: Result<Int, any Error>?

  init(_ body: @escaping () throws -> Int) { self.body = body }

  func run() { outcome = Result { try body() } }

  func result() -> Result<Int, any Error> { outcome ?? .success(0) }
}

/// Where results go, so that no run is optimised away.
nonisolated(unsafe) private var checksum = 0

/// CPU time of this thread in nanoseconds.
private func processorTime() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
