// What fuzzing once found, and what it starts from, held for good.

import QueryLanguage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Fuzzing, replayed")
struct FuzzReplayTests {
  /// The files in `Fuzzing/<folder>/FuzzQueryParser`.
  private func files(_ folder: String) throws -> [URL] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let place = tests.appending(path: "Fuzzing/\(folder)/FuzzQueryParser")
    return try FileManager.default.contentsOfDirectory(atPath: place.path)
      .filter { $0 != "README.md" }.sorted().map { place.appending(path: $0) }
  }

  @Test("Every seed and every past failure keeps the laws of the fuzz target")
  func replay() throws {
    let seeds = try files("Seeds")
    #expect(seeds.count > 50)
    let fields: Set<String> = ["title", "f", "a:b", "香港"]
    for file in seeds + (try files("FailCases")) {
      let query = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      for defaultOperator in DefaultOperator.allCases {
        let parser = QueryParser(fields: fields, defaultOperator: defaultOperator)
        do throws(QueryParseError) {
          guard let tree = try parser.parse(query) else { continue }
          guard let text = QueryPrinter.print(tree) else {
            Issue.record("\(file.lastPathComponent): \(tree) has no text")
            continue
          }
          #expect(try parser.parse(text) == tree, "\(file.lastPathComponent)")
        } catch {
          #expect(error.range.upperBound <= query.utf8.count, "\(file.lastPathComponent)")
          #expect(error.describe(in: query).contains(error.message), "\(file.lastPathComponent)")
        }
      }
    }
  }
}
