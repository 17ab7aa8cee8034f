// What is printed is read as the same tree.

import QueryLanguage
import TestSupport
import Testing

@Suite("Printer")
struct QueryPrinterTests {
  @Test("Generated trees are read again as they were, under both operators", arguments: [1, 2, 3, 4] as [UInt64])
  func roundTrip(seed: UInt64) throws {
    let parsers = DefaultOperator.allCases.map {
      QueryParser(fields: Set(TreeGenerator.fields), defaultOperator: $0)
    }
    var printed = 0
    for index in 0..<2_500 {
      let caseSeed = seed << 32 | UInt64(index)
      var generator = TreeGenerator(seed: caseSeed)
      let tree = generator.tree(depth: 5)
      guard let text = QueryPrinter.print(tree) else { continue }
      printed += 1
      for parser in parsers {
        do {
          let again = try parser.parse(text)
          #expect(again == tree, "seed \(caseSeed), \(parser.defaultOperator): \(text)")
        } catch {
          Issue.record("seed \(caseSeed), \(parser.defaultOperator): \(error.describe(in: text)) in \(text)")
        }
      }
    }
    print("round trip: seed \(seed), \(printed) of 2500 trees have a syntax")
    #expect(printed > 2_000)
  }

  @Test("Any text that is read is printed as text that is read alike", arguments: [11, 12] as [UInt64])
  func parsedText(seed: UInt64) throws {
    let parser = QueryParser(fields: Set(TreeGenerator.fields))
    var generator = TreeGenerator(seed: seed)
    var read = 0
    for _ in 0..<20_000 {
      let query = (0..<4).map { _ in generator.text() }.joined()
      guard let tree = try? parser.parse(query) else { continue }
      read += 1
      let text = try #require(QueryPrinter.print(tree), "seed \(seed): \(query)")
      #expect(try parser.parse(text) == tree, "seed \(seed): \(query) printed as \(text)")
    }
    print("printing what was read: seed \(seed), \(read) of 20000 queries were read")
    #expect(read > 2_000)
  }

  @Test("Bytes at random never crash the parser, and errors lie inside the query", arguments: [21, 22] as [UInt64])
  func randomBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parser = QueryParser(fields: ["f", "title"])
    var refused = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) & (count % 2 == 0 ? 0x7F : 0xFF) }
      let query = String(decoding: bytes, as: UTF8.self)
      do {
        _ = try parser.parse(query)
      } catch {
        refused += 1
        #expect(error.range.lowerBound >= 0 && error.range.upperBound <= query.utf8.count, "seed \(seed): \(bytes)")
        #expect(!error.describe(in: query, caret: true).isEmpty)
      }
    }
    print("random bytes: seed \(seed), \(refused) of 20000 refused")
    #expect(refused > 0 && refused < 20_000)
  }

  @Test("What has no syntax is not printed, but described")
  func withoutSyntax() {
    let trees: [(QueryTree, String)] = [
      (.text("a").constantScore(2), "constantScore(a, 2)"),
      (.any(of: [.text("a"), .text("b"), .text("c")], atLeast: 2), "atLeast(2, a OR b OR c)"),
      (.wildcard("tes?"), "tes?"),
      (.wildcard("?!"), "?!"),
    ]
    for (tree, description) in trees {
      #expect(QueryPrinter.print(tree) == nil, "\(description)")
      #expect(tree.description == description)
      #expect(QueryPrinter.print(.all(of: [.text("x"), tree.boosted(by: 2)])) == nil)
    }
  }

  @Test("Text is escaped only where it would act")
  func escapes() {
    let texts = [
      "C++": "C++", "e-mail": "e-mail", "-a": "\\-a", "AND": "\\AND", "ANDROID": "ANDROID",
      "std::vector": "std::vector",
      "https://a.b/c": "https://a.b/c", "title:x": "title\\:x", "a b": "a\\ b", "[1]": "\\[1]", "a[1]": "a[1]",
      "香港（九龍）": "香港（九龍）", "f(x)": "f\\(x\\)", "a*": "a\\*",
    ]
    for (text, printed) in texts { #expect(QueryPrinter.print(.text(text)) == printed) }
  }
}
