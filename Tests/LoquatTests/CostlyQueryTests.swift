// Queries that are made to cost much: an answer or a clear error, soon.

import InvertedIndex
import QueryLanguage
import Testing

@testable import Loquat

@Suite struct CostlyQueryTests {
  /// Words that stand in nearly every document, and many rare ones.
  private static let common = ["the", "of", "and", "in", "to", "was", "is", "for"]

  private let index: LoquatIndex

  init() throws {
    index = try LoquatIndex.inMemory()
    try index.update { writer in
      for number in 0..<3_000 {
        let words = (0..<60).map { place in
          place % 2 == 0 ? Self.common[(place / 2 + number) % 8] : "w\((number * 31 + place * 7) % 9_000)"
        }
        try writer.add(Document(id: "d\(number)", text: words.joined(separator: " ") + " 香港科學園"))
      }
    }
  }

  private static func joined(_ count: Int, by separator: String = " ", _ part: (Int) -> String) -> String {
    (0..<count).map(part).joined(separator: separator)
  }

  private static func word(_ number: Int) -> String { common[number % common.count] }

  /// Queries by what they are.
  private static let queries: [(name: String, text: String)] = [
    ("rare words", joined(10_000) { "w\($0)" }), ("frequent words", joined(10_000, word)),
    ("required words", joined(10_000) { "+" + word($0) }), ("excluded words", "the " + joined(10_000) { "-w\($0)" }),
    ("groups", joined(5_000, by: " OR ") { "(\(word($0)) AND \(word($0 + 3)))" }),
    ("phrases", joined(5_000) { "\"\(word($0)) \(word(3 * $0 + 1))\"" }),
    ("fuzzy words", joined(10_000) { "word\($0)~2" }), ("prefixes", joined(10_000) { "a\($0 % 10)*" }),
    ("everything", joined(2_000) { _ in "*" }), ("regular expressions", joined(2_000) { "/.*\($0 % 10).*/" }),
    ("parentheses", String(repeating: "(", count: 1_000) + "a" + String(repeating: ")", count: 1_000)),
    ("one more", String(repeating: "(", count: 1_001) + "a" + String(repeating: ")", count: 1_001)),
    ("nested or", String(repeating: "(the OR ", count: 250) + "b" + String(repeating: ")", count: 250)),
    ("nested not", String(repeating: "(NOT ", count: 250) + "b" + String(repeating: ")", count: 250)),
    ("star", "*"), ("stars", "a" + String(repeating: "*a", count: 5_000)), ("any character", "?*"),
    ("nested plus", "/(a+)+$/"), ("nested star", "/((w*)*)*1/"), ("counts", "/(a{1,1000}){1,1000}/"),
    ("alternatives", "/" + joined(100_000, by: "|") { "a\($0)" } + "/"),
    ("long fuzzy", String(repeating: "a", count: 100_000) + "~2"),
    ("a megabyte of text", String(repeating: "a", count: (1 << 20) - 1)),
    ("more", String(repeating: "a ", count: 1 << 20)),
    ("a megabyte of words", String(repeating: "ab ", count: 300_000)),
    ("a megabyte of Chinese", String(repeating: "香港科學園", count: 69_000)),
    ("a megabyte in quotes", "\"" + String(repeating: "the of ", count: 149_000) + "\""),
    ("slop", "\"the of and in\"~1000000"), ("one word with slop", "\"the the the the the the\"~1000000"),
    ("near", "the NEAR/1000000 of NEAR/1000000 and NEAR/1000000 in"),
    ("open (", String(repeating: "(", count: 5_000)), ("open )", String(repeating: ")", count: 5_000)),
    ("open \"", String(repeating: "\"", count: 5_001)), ("open [", String(repeating: "[a TO b ", count: 1_000)),
    ("open /", String(repeating: "/", count: 1_001)), ("open {", String(repeating: "{", count: 1_000)),
    ("all open", String(repeating: "(\")[{/", count: 1_000)), ("backslashes", String(repeating: "\\", count: 1_001)),
    ("boosts", "the^1e308 of^0 and^999999999999999999999"), ("ranges", joined(100) { "[* TO w\($0)]" }),
  ]

  @Test(arguments: queries.indices) func isAnsweredOrRefusedSoon(number: Int) throws {
    let (name, text) = Self.queries[number]
    let start = ContinuousClock.now
    do {
      _ = try index.search(text)
    } catch let error as QueryParseError {
      #expect(!error.describe(in: text).isEmpty)
    } catch let error as IndexError {
      #expect(error.code == .limitExceeded, "\(name): \(error)")
    } catch is QueryError {
    }
    // A second where nothing else runs.
    #expect(start.duration(to: .now) < .seconds(5), "\(name)")
  }

  private func refusal(_ text: String) -> IndexError? {
    do { _ = try index.search(text) } catch { return error as? IndexError }
    return nil
  }

  @Test func patterns() {
    #expect(refusal(Self.joined(SearchLimits.patterns) { "zz\($0)*" }) == nil)
    let error = refusal(Self.joined(SearchLimits.patterns + 1) { "zz\($0)*" })
    #expect(error?.code == .limitExceeded && error?.message.contains("\(SearchLimits.patterns) patterns") == true)
  }

  @Test func termsOfAPhrase() {
    func phrase(_ count: Int) -> String { "\"" + Self.joined(count) { "w\($0)" } + "\"" }
    #expect(refusal(phrase(SearchLimits.phraseTerms)) == nil)
    #expect(refusal(phrase(SearchLimits.phraseTerms + 1))?.code == .limitExceeded)
  }

  /// What comes again is evaluated once, with the weight of all.
  @Test func repetitionsCountAndCostNothing() throws {
    let once = try index.search("w77^3", SearchRequest(limit: 10))
    let thrice = try index.search("w77 w77 w77", SearchRequest(limit: 10))
    #expect(once.hits.map(\.id) == thrice.hits.map(\.id) && !once.hits.isEmpty)
    for (one, other) in zip(once.hits, thrice.hits) { #expect(abs(one.score - other.score) < 1e-4 * one.score) }
  }
}
