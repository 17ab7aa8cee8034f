// What to mark in a text.
import Analysis

/// What of a query can be marked in a text.
struct HighlightTargets: Sendable {
  /// A term as the analyzer yields it.
  struct Unit: Hashable, Sendable {
    var kind: TermKind
    var term: [UInt8]
  }

  /// Terms that match together: each at its position relative to the others, moved by no more than `slop` in all.
  struct Phrase: Sendable {
    var slots: [(unit: Unit, position: Int32)]
    var slop: Int
    var weight: Float
  }

  /// Terms that match by themselves, with weights for choosing the passage: the larger, the more telling.
  var units: [Unit: Float] = [:]
  /// Terms that match only together.
  var phrases: [Phrase] = []
  /// Predicates on the terms of `.exact` tokens, for prefixes, wildcards, fuzzy terms and regular expressions.
  var patterns: [@Sendable (ArraySlice<UInt8>) -> Bool] = []

  /// Whether there is nothing to mark.
  var isEmpty: Bool { units.isEmpty && phrases.isEmpty && patterns.isEmpty }
}
