// Where the tests find shared data.
import Foundation

/// Files that are not in the repository. Tests that need them are skipped where they aren't.
enum Fixtures {
  static let shared: String? = {
    let path = ProcessInfo.processInfo.environment["LOQUAT_SHARED"] ?? "../shared"
    if ProcessInfo.processInfo.environment["LOQUAT_SHARED"] != nil { return path }
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  static var hasShared: Bool {
    if shared == nil { print("skipped: no shared data (set LOQUAT_SHARED)") }
    return shared != nil
  }

  /// The lines of a shared file of JSON lines as objects.
  static func objects(_ path: String) throws -> [[String: Any]] {
    guard let shared else { return [] }
    let text = try String(contentsOfFile: shared + "/" + path, encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The texts of a shared collection, at most `limit`.
  static func texts(_ collection: String, limit: Int) throws -> [String] {
    guard let shared else { return [] }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "xzcat '\(shared)/collections/\(collection)/docs.jsonl.xz' | head -n \(limit)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["text"] as? String
    }
  }
}
