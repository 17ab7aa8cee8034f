// Test collections that are not in the repository.

import FoundationEssentials

/// The folder of shared test data: `LOQUAT_SHARED`, or `../shared` beside the package.
enum SharedData {
  /// The folder; nil where there is none and none is named, so that tests which need it are skipped. A folder that is
  /// named and not there makes them fail.
  static let folder: String? = {
    if let named = ProcessInfo.processInfo.environment["LOQUAT_SHARED"], !named.isEmpty { return named }
    let beside = "../shared"
    return FileManager.default.fileExists(atPath: beside) ? beside : nil
  }()

  /// Whether tests that need it can run.
  static var isThere: Bool { folder != nil }

  /// What a skipped test says.
  static let skipMessage = "skipped: needs the shared test data (LOQUAT_SHARED)"

  /// The contents of a file of the folder.
  static func text(_ name: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: (folder ?? "") + "/" + name))
    return String(decoding: data, as: UTF8.self)
  }
}
