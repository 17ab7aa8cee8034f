// swift-tools-version: 6.2
// Benchmarks, in a package of their own, so that Loquat itself needs none of the packages they use.
//
// HotPaths reaches into modules with `@testable import`: build it with `-Xswiftc -enable-testing`, as the Makefile does.

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let loquat = Target.Dependency.product(name: "Loquat", package: "Loquat")
let corpusModel = Target.Dependency.product(name: "CorpusModel", package: "Loquat")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")

let package = Package(
  name: "Benchmarks",
  products: [
    .executable(name: "loquat-bench", targets: ["Throughput"]),
    .executable(name: "loquat-hot-paths", targets: ["HotPathMeasuring"]),
    .library(name: "HotPaths", targets: ["HotPaths"]),
  ],
  dependencies: [
    .package(name: "Loquat", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // Queries drawn from a corpus.
    .target(name: "QuerySets", dependencies: [loquat], swiftSettings: settings),

    // Speed of a whole index: `make bench`.
    .target(
      name: "ThroughputModel", dependencies: [loquat, corpusModel, histogram, "QuerySets"],
      path: "Sources/Throughput/Model", swiftSettings: settings),
    .executableTarget(
      name: "Throughput", dependencies: ["ThroughputModel", argumentParser],
      path: "Sources/Throughput/Command", swiftSettings: settings),

    // Every hot path, once, and the program that measures them for `make bench-check`. Micro measures the same ones.
    .target(name: "HotPaths", dependencies: [loquat, corpusModel, "QuerySets"], swiftSettings: settings),
    .target(name: "CMeasuring"),
    .executableTarget(
      name: "HotPathMeasuring", dependencies: ["HotPaths", "CMeasuring", argumentParser], swiftSettings: settings),

    .testTarget(
      name: "BenchmarkTests", dependencies: ["ThroughputModel", "QuerySets", loquat, corpusModel],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
