// What must match what in mixed text, through a real index.

import FoundationEssentials
import Loquat
import Testing

@Suite struct MatchingTests {
  /// One line of a file of expectations: a text, queries that find it and queries that do not.
  struct Expectation: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let text: String
    let match: [String]
    let nomatch: [String]
    var testDescription: String { id }
  }

  static func read(_ text: String) throws -> [Expectation] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(Expectation.self, from: Data($0.utf8)) }
  }

  private func check(_ expectation: Expectation) throws {
    let index = try LoquatIndex.inMemory()
    try index.update { try $0.add(Document(id: expectation.id, text: expectation.text)) }
    var request = SearchRequest()
    request.defaultOperator = .and
    for query in expectation.match {
      #expect(try index.search(query, request).total == 1, "\(query) finds \(expectation.text)")
    }
    for query in expectation.nomatch {
      #expect(try index.search(query, request).total == 0, "\(query) does not find \(expectation.text)")
    }
  }

  @Test func everyExpectationOfTheRepositoryHolds() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/matching.jsonl")
    let expectations = try Self.read(String(decoding: Data(contentsOf: file), as: UTF8.self))
    #expect(expectations.count >= 10)
    for expectation in expectations { try check(expectation) }
  }

  @Test(.enabled(if: SharedData.isThere, "skipped: needs the shared test data (LOQUAT_SHARED)"))
  func everySharedExpectationHolds() throws {
    let expectations = try Self.read(try SharedData.text("expectations/matching.jsonl"))
    #expect(!expectations.isEmpty)
    for expectation in expectations { try check(expectation) }
  }
}
