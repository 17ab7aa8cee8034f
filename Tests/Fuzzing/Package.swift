// swift-tools-version: 6.2
// Fuzz targets, in a package of their own because their flags would forbid the use of Loquat as a dependency.

import PackageDescription

let fuzzing: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]

let package = Package(
  name: "Fuzzing",
  targets: [
    .target(name: "CFuzzer"),
    .target(name: "QueryLanguage", path: "Sources/QueryLanguage", swiftSettings: fuzzing),
    .executableTarget(
      name: "FuzzQueryParser",
      dependencies: ["CFuzzer", "QueryLanguage"],
      swiftSettings: fuzzing,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
  ],
  swiftLanguageModes: [.v6]
)
