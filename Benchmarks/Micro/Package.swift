// swift-tools-version: 6.2
// The hot paths as benchmarks of ordo-one/benchmark. A package of its own, because a plugin's tools are built with every
// product of a package that uses the plugin.

import PackageDescription

let package = Package(
  name: "MicroBenchmarks",
  dependencies: [
    .package(name: "Benchmarks", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    // The plugin takes for benchmarks what lies directly in a folder named Benchmarks.
    .executableTarget(
      name: "HotPathBenchmarks",
      dependencies: [
        .product(name: "HotPaths", package: "Benchmarks"), .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/HotPathBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
