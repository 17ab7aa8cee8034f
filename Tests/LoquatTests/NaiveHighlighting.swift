// What is to be marked, found the slow and obvious way.

import Analysis

@testable import Loquat

/// The definition of a match, without any cleverness.
enum NaiveHighlighting {
  /// The bytes of a text that every highlighting must mark.
  static func marked(_ text: [UInt8], _ targets: HighlightTargets, _ analyzer: Analyzer) -> [Bool] {
    let tokens = TokenRecord.all(of: text, analyzer)
    var marked = [Bool](repeating: false, count: text.count)
    for token in tokens {
      let isPattern = token.unit.kind == .exact && targets.patterns.contains { $0(token.unit.term[...]) }
      if isPattern || targets.units[token.unit] != nil { for byte in token.range { marked[byte] = true } }
    }
    for phrase in targets.phrases where phrase.slop == 0 {
      guard let first = phrase.slots.first else { continue }
      for token in tokens where token.unit == first.unit {
        let start = token.position - first.position
        let place = phrase.slots.map { slot in
          tokens.first { $0.unit == slot.unit && $0.position == start + slot.position }
        }
        if place.contains(where: { $0 == nil }) { continue }
        for token in place.compactMap({ $0 }) { for byte in token.range { marked[byte] = true } }
      }
    }
    return marked
  }

  /// The bytes of all tokens that may be marked, for they are part of some target.
  static func markable(_ text: [UInt8], _ targets: HighlightTargets, _ analyzer: Analyzer) -> [Bool] {
    var marked = marked(text, targets, analyzer)
    let units = Set(targets.phrases.filter { $0.slop > 0 }.flatMap { $0.slots.map(\.unit) })
    for token in TokenRecord.all(of: text, analyzer) where units.contains(token.unit) {
      for byte in token.range { marked[byte] = true }
    }
    return marked
  }
}
