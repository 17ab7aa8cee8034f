// swift-tools-version: 6.2
// Fuzz targets, in a package of their own because their flags would forbid the use of Loquat as a dependency.

import PackageDescription

let fuzzing: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]
let linking: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]

/// Those of Loquat's own package.
let features: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Those of its modules that read files through pointers.
let strict: [SwiftSetting] = features + [.strictMemorySafety()]

let package = Package(
  name: "Fuzzing",
  targets: [
    .systemLibrary(name: "CICUSystem", path: "Sources/CICUSystem", pkgConfig: "icu-i18n"),
    .systemLibrary(name: "CStemmer", path: "Sources/CStemmer"),
    .target(name: "CFuzzer"),
    .target(
      name: "CICU", dependencies: ["CICUSystem"], path: "Sources/CICU",
      cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
    .target(name: "CFoldingTables", path: "Sources/CFoldingTables"),
    .target(
      name: "CKernels", path: "Sources/CKernels",
      cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
    .target(
      name: "Analysis", dependencies: ["CICU", "CKernels", "CStemmer", "CFoldingTables"], path: "Sources/Analysis",
      swiftSettings: features + fuzzing),
    .executableTarget(
      name: "FuzzAnalyzer", dependencies: ["CFuzzer", "Analysis"], swiftSettings: fuzzing, linkerSettings: linking),
    .target(name: "QueryLanguage", path: "Sources/QueryLanguage", swiftSettings: fuzzing),
    .executableTarget(
      name: "FuzzQueryParser", dependencies: ["CFuzzer", "QueryLanguage"], swiftSettings: fuzzing,
      linkerSettings: linking),
    .systemLibrary(name: "CZstd", path: "Sources/CZstd", pkgConfig: "libzstd"),
    .target(name: "CPlatform", path: "Sources/CPlatform"),
    .target(
      name: "Storage", dependencies: ["CPlatform", "CKernels"], path: "Sources/Storage",
      swiftSettings: strict + fuzzing),
    .target(
      name: "InvertedIndex", dependencies: ["Storage", "CKernels", "CZstd"], path: "Sources/InvertedIndex",
      exclude: ["Format.md"], swiftSettings: strict + fuzzing),
    .target(
      name: "TestSupport", dependencies: ["Storage", "InvertedIndex"], path: "Sources/TestSupport",
      swiftSettings: features),
    .executableTarget(
      name: "FuzzReader", dependencies: ["CFuzzer", "TestSupport"], swiftSettings: fuzzing, linkerSettings: linking),
  ],
  swiftLanguageModes: [.v6]
)
