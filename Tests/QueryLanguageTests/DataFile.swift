// Tables of test cases beside the tests.

import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A table of test cases in the folder `Data`.
enum DataFile {
  /// The rows that are no comments, cut at tabs, with `␉`, `␊` and `␠` replaced by what they stand for.
  static func rows(_ name: String) throws -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("##") }.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { cell in
        String(
          cell.map { character in
            switch character {
            case "␉": "\t"
            case "␊": "\n"
            case "␠": "\u{3000}"
            default: character
            }
          })
      }
    }
  }
}
