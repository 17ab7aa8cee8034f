// Where collections that aren't in the repository are found.

import Foundation

enum SharedData {
  /// The folder named by LOQUAT_SHARED, or `../shared`.
  static let folder = ProcessInfo.processInfo.environment["LOQUAT_SHARED"] ?? "../shared"

  /// Whether tests that need it must run: it is there, or was named.
  static let isExpected =
    ProcessInfo.processInfo.environment["LOQUAT_SHARED"] != nil || FileManager.default.fileExists(atPath: folder)
}
