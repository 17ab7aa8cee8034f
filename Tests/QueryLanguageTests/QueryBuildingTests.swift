// Trees that were built are those that would have been read.

import QueryLanguage
import Testing

@Suite("Building")
struct QueryBuildingTests {
  private let parser = QueryParser(fields: ["title", "price"], defaultOperator: .or)

  @Test("The builder has the power of the language")
  func power() throws {
    let cases: [(QueryTree, String)] = [
      (.text("香港"), "香港"),
      (.phrase("a b", slop: 2), "\"a b\"~2"),
      (.prefix("pre"), "pre*"),
      (.wildcard("w?ld*rd"), "w?ld*rd"),
      (.wildcard("a\\*b*"), "a\\*b*"),
      (.regexp("ab+"), "/ab+/"),
      (.fuzzy("fuzzy", maxEdits: 1), "fuzzy~1"),
      (.field("price", .range(from: .inclusive("1"), to: .exclusive("5"))), "price:[1 TO 5}"),
      (.exists("title"), "title:*"),
      (.field("title", .matchAll), "title:*"),
      (.matchAll, "*:*"),
      (.near([.text("a"), .phrase("b c")], within: 3), "a NEAR/3 \"b c\""),
      (.all(of: [.text("a"), .text("b")]), "a AND b"),
      (.any(of: [.text("a"), .text("b")]), "a OR b"),
      (.any(of: [.text("a"), .text("b")], atLeast: 0), "a OR b"),
      (.not(.text("a")), "NOT a"),
      (QueryTree.text("a").excluding(.text("b")), "a AND NOT b"),
      (QueryTree.text("a").boosted(by: 2.5), "a^2.5"),
      (.field("title", .any(of: [.text("a"), .text("b")])).boosted(by: 2), "title:(a b)^2"),
      (
        .boolean([QueryClause(.must, .text("a")), QueryClause(.should, .text("b")), QueryClause(.mustNot, .text("c"))]),
        "+a b -c"
      ),
    ]
    for (tree, query) in cases { #expect(try parser.parse(query) == tree, "\(query)") }
  }

  @Test("Trees have one form")
  func canonicalForm() {
    #expect(QueryTree.all(of: [.text("a")]) == .text("a"))
    #expect(QueryTree.any(of: [.all(of: [.text("a")])]) == .text("a"))
    #expect(QueryTree.all(of: []) == .any(of: []))
    #expect(QueryTree.all(of: []) == .not(.matchAll))
    #expect(QueryTree.text("") == .phrase(""))
    #expect(QueryTree.wildcard("ab*") == .prefix("ab"))
    #expect(QueryTree.wildcard("***") == .matchAll)
    #expect(QueryTree.wildcard("ab") == .fuzzy("ab", maxEdits: 0))
    #expect(QueryTree.wildcard("a**b") == .wildcard("a*b"))
    #expect(QueryTree.wildcard("a\\") == .fuzzy("a\\", maxEdits: 0))
    #expect(QueryTree.prefix("") == .matchAll)
    #expect(QueryTree.regexp("a\\/b\\ c") == .regexp("a/b c"))
    #expect(QueryTree.near([.text("a")], within: 2) == .text("a"))
    #expect(QueryTree.any(of: [.text("a"), .text("b")], atLeast: 1) == .any(of: [.text("a"), .text("b")]))
    #expect(QueryTree.any(of: [.text("a"), .text("b")], atLeast: 2) != .any(of: [.text("a"), .text("b")]))
  }

  @Test("Depth counts levels")
  func depth() {
    #expect(QueryTree.text("a").depth == 1)
    #expect(QueryTree.near([.text("a"), .text("b")], within: 1).depth == 2)
    #expect(QueryTree.not(.field("f", .text("a").boosted(by: 2))).depth == 4)
  }
}
