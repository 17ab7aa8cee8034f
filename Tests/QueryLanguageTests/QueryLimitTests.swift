// The limits, at their edges, and what hostile queries cost.

import QueryLanguage
import Testing

@Suite("Limits")
struct QueryLimitTests {
  private let parser = QueryParser(fields: ["f"])

  private func code(_ query: String) -> QueryParseError.Code? {
    do {
      _ = try parser.parse(query)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("A query may be as long as the limit, and no longer")
  func length() throws {
    let text = String(repeating: "a", count: QueryLimits.maximumBytes)
    #expect(try parser.parse(text) == .text(text))
    #expect(code(text + "a") == .tooLong)
  }

  @Test("A query may have as many clauses as the limit, and no more")
  func clauses() throws {
    for count in [10_000, QueryLimits.maximumClauses] {
      let tree = try #require(try parser.parse(Array(repeating: "a", count: count).joined(separator: " OR ")))
      guard case .boolean(let clauses, _) = tree.node else {
        Issue.record("\(tree.depth)")
        return
      }
      #expect(clauses.count == count)
      #expect(tree.depth == 2)
    }
    #expect(code(String(repeating: "a ", count: QueryLimits.maximumClauses + 1)) == .tooManyClauses)
  }

  @Test("Parentheses may be as deep as the limit, and no deeper")
  func parentheses() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(try parser.parse(nested(QueryLimits.maximumNesting)) == .text("a"))
    #expect(code(nested(QueryLimits.maximumNesting + 1)) == .nestedTooDeeply)
    #expect(code(String(repeating: "(", count: QueryLimits.maximumBytes)) == .nestedTooDeeply)
    #expect(code(String(repeating: "(", count: QueryLimits.maximumNesting)) == .unclosedParenthesis)
    #expect(code(String(repeating: ")", count: QueryLimits.maximumBytes)) == .unopenedParenthesis)
  }

  @Test("A tree may be as deep as the limit, and no deeper")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(a ", count: depth - 2) + "(a b" + String(repeating: ")", count: depth - 1)
    }
    let deepest = try #require(try parser.parse(nested(QueryLimits.maximumDepth)))
    #expect(deepest.depth == QueryLimits.maximumDepth)
    #expect(try parser.parse(#require(QueryPrinter.print(deepest))) == deepest)
    #expect(code(nested(QueryLimits.maximumDepth + 1)) == .nestedTooDeeply)
    #expect(code(String(repeating: "f:(-", count: 999) + "a" + String(repeating: ")", count: 999)) == .nestedTooDeeply)
  }

  @Test("A tree that was built deeper than can be read has no text, but a description")
  func builtTooDeep() {
    var tree = QueryTree.text("a")
    for _ in 0..<QueryLimits.maximumDepth { tree = .not(tree) }
    #expect(QueryPrinter.print(tree) == nil)
    #expect(tree.description.hasPrefix("-(-(-("))
  }

  /// Pieces that make a parser look ahead, back, or deeper.
  static let pieces = [
    "a", "*", "?", "a?", "\\", "\\\\", "\"", "“", "”", "「", "」", "(", ")", "()", "(a", "a)", "[", "{", "[a TO ",
    "[a ", "[\"", "[“", "/", "/a", "/a ", "a/", ":", "f:", "f:[", "f:\"", "f:f:", "~", "a~", "a~1", "\"\"~1", "^",
    "a^1", "^1", "1", "+", "-", "!", "+a ", "-(", "NOT ", "AND ", "a AND ", "a OR ", "a NEAR/1 ", "NEAR/", "&&", "||",
    " ", "\u{3000}", "香", "香?", "\u{0}", "://", "a*", "a*?", "\t\u{A0}", "e\u{301}", "👨‍👩‍👧",
  ]

  @Test("Repeating any piece, or any two, takes linear time")
  func repetition() {
    let clock = ContinuousClock()
    // A quadratic rule takes minutes for a mebibyte; the bound leaves room for debug builds.
    let bound = Duration.seconds(30)
    var slowest: (Duration, String) = (.zero, "")
    for first in Self.pieces {
      for second in [""] + Self.pieces {
        let piece = first + second
        let size = second.isEmpty ? 1 << 16 : 1 << 11
        let query = String(repeating: piece, count: size / piece.utf8.count)
        var perMebibyte = Duration.seconds(1_000_000)
        // What a busy machine takes from one measurement it does not take from all.
        for _ in 0..<8 where perMebibyte > bound {
          perMebibyte = min(perMebibyte, clock.measure { _ = code(query) } * (QueryLimits.maximumBytes / size))
        }
        if perMebibyte > slowest.0 { slowest = (perMebibyte, piece) }
      }
    }
    print("slowest repetition: \(slowest.1) with \(slowest.0) for 1 MiB")
    #expect(slowest.0 < bound)
  }
}
