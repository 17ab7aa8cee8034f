// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Settings of the targets that read files through pointers: every unsafe use is marked.
let strictSettings = settings + [.strictMemorySafety()]

let package = Package(
  name: "Loquat",
  products: [
    .library(name: "Loquat", targets: ["Loquat", "Effectiveness"]),
    .executable(name: "loquat", targets: ["LoquatCommand"]),
    .executable(name: "loquat-corpus", targets: ["CorpusGenerator"]),
    .library(name: "CorpusModel", targets: ["CorpusModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Libraries of the system.
    .systemLibrary(name: "CICUSystem", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    // C and C++ with small plain interfaces.
    .target(name: "CPlatform"),
    .target(name: "CKernels"),
    .target(name: "CICU", dependencies: ["CICUSystem"]),
    .target(name: "CHTML", dependencies: ["CGumbo"]),
    .target(name: "CJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CFoldingTables"),

    // The engine, from the disk upwards.
    .target(
      name: "Storage", dependencies: ["CPlatform", "CKernels"], swiftSettings: strictSettings),
    .target(
      name: "InvertedIndex", dependencies: ["Storage", "CKernels", "CZstd"], path: "Index", exclude: ["Format.md"],
      swiftSettings: strictSettings),
    .target(
      name: "Analysis", dependencies: ["CICU", "CKernels", "CStemmer", "CFoldingTables"], swiftSettings: settings),
    .target(name: "QueryLanguage", swiftSettings: settings),
    .target(name: "Extraction", dependencies: ["CICU", "CHTML", "CJSON", "CMarkdown"], swiftSettings: settings),
    .target(
      name: "Loquat", dependencies: ["Storage", "InvertedIndex", "Analysis", "QueryLanguage", "Extraction"],
      swiftSettings: settings),
    .target(name: "Effectiveness", swiftSettings: settings),
    .executableTarget(
      name: "LoquatCommand",
      dependencies: ["Loquat", "Effectiveness", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings),

    // Corpora for tests and benchmarks.
    .target(name: "CorpusModel", path: "Corpus/Generator/Model", swiftSettings: settings),
    .executableTarget(
      name: "CorpusGenerator",
      dependencies: ["CorpusModel", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Corpus/Generator/Command", swiftSettings: settings),

    // Benchmarks.
    .executableTarget(
      name: "AnalysisBenchmark", dependencies: ["Analysis", "CICU"], path: "Benchmarks/AnalysisBenchmark",
      swiftSettings: settings),

    // Tests.
    .target(name: "TestSupport", dependencies: ["Storage", "InvertedIndex"], swiftSettings: settings),
    .testTarget(name: "StorageTests", dependencies: ["Storage", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "InvertedIndexTests", dependencies: ["InvertedIndex", "Storage", "CKernels", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "CICU", "CStemmer", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "QueryLanguageTests", dependencies: ["QueryLanguage", "TestSupport"], exclude: ["Data"],
      swiftSettings: settings),
    .testTarget(name: "ExtractionTests", dependencies: ["Extraction", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "LoquatTests", dependencies: ["Loquat", "TestSupport"], exclude: ["Data"], swiftSettings: settings),
    .testTarget(name: "EffectivenessTests", dependencies: ["Effectiveness"], swiftSettings: settings),
    .testTarget(
      name: "LoquatCommandTests", dependencies: ["LoquatCommand", "InvertedIndex", "Storage", "TestSupport"],
      swiftSettings: settings),
    .testTarget(name: "CorpusTests", swiftSettings: settings),
    .testTarget(name: "CorpusGeneratorTests", dependencies: ["CorpusModel"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
