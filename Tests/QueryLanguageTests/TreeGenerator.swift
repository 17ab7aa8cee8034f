// Random trees for properties.

import QueryLanguage
import TestSupport

/// Makes trees of every kind that has a syntax, from text that is likely to be misread.
struct TreeGenerator {
  static let fields = ["title", "f", "a:b", "*", "x y", "NOT", "-", "香港", "\"", "\\", "a\\:", "[f"]

  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private static let snippets = [
    "a", "b", "香港", "AND", "OR", "NOT", "NEAR/2", "TO", "&&", "||", "+", "-", "!", "(", ")", "[", "]", "{", "}",
    "\"", "“", "”", "「", "」", "\\", "/", "//", ":", "::", "://", "title", "title:", "*", "?", "~", "~1", "^", "^2",
    " ", "\u{3000}", "\u{A0}", "\t", "\n", "\u{0}", "é", "e\u{301}", "👨‍👩‍👧", "，", "？", "1", ".", "\\A", "\u{E2}", "ß",
  ]

  mutating func text() -> String {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in pick(Self.snippets) }.joined()
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  mutating func tree(depth: Int) -> QueryTree {
    switch Int.random(in: 0..<(depth > 0 ? 10 : 4), using: &random) {
    case 4, 5:
      let clauses = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        QueryClause(pick(Occur.allCases), tree(depth: depth - 1))
      }
      return .boolean(clauses)
    case 6:
      return .field(pick(Self.fields), tree(depth: depth - 1))
    case 7:
      return tree(depth: depth - 1).boosted(by: boost())
    case 8:
      return Bool.random(using: &random) ? .not(tree(depth: depth - 1)) : .all(of: [tree(depth: depth - 1)])
    case 9:
      // A pattern may become "everything", which is no operand.
      let operands = (0..<3).map { _ in word() }.filter { $0 != .matchAll }
      return .near(operands, within: Int.random(in: 0...20, using: &random))
    default:
      return leaf()
    }
  }

  private mutating func boost() -> Float {
    pick([
      0, 1, 2.5, 1e-20, 1e20, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      Float.random(in: 0...10, using: &random),
    ])
  }

  private mutating func leaf() -> QueryTree {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .range(from: bound(), to: bound())
    case 1: .exists(pick(Self.fields))
    case 2: .matchAll
    default: word()
    }
  }

  private mutating func word() -> QueryTree {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .phrase(text(), slop: pick([0, 0, 1, 1_000_000]))
    case 1: return .prefix(text())
    case 2: return .fuzzy(text(), maxEdits: Int.random(in: 0...2, using: &random))
    case 3: return .regexp(text())
    case 4:
      let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        pick([.literal(text()), .anyString, .anyCharacter] as [WildcardPattern.Part])
      }
      return .wildcard(WildcardPattern(parts))
    default: return .text(text())
    }
  }

  private mutating func bound() -> RangeBound {
    pick([.unbounded, .inclusive(text()), .exclusive(text())])
  }
}
