// What raises scores beside the units of a query.

import Analysis
import InvertedIndex

/// Queries that only add to scores: words as they are typed, neighbouring words, words in the title and in the path,
/// and the script. Every document that matches them in the text matches the text's own units anyway.
struct ScoreBonuses {
  let lowering: TextLowering

  private var weights: RankingWeights { lowering.weights }

  /// Everything that a text adds.
  func all(_ text: AnalyzedQuery) -> QueryBag {
    var bag = QueryBag()
    for segment in text.segments { addExact(segment, &bag) }
    addPairs(text, &bag)
    for boost in lowering.boostedFields { addFields(text, boost, &bag) }
    addScript(text, &bag)
    return bag
  }

  // MARK: Words as they are typed

  private func addExact(_ segment: QuerySegment, _ bag: inout QueryBag) {
    switch segment {
    case .word(let unit): addExact(unit, &bag)
    case .han: return
    case .mixed(let unit):
      for case .word(let word) in unit.parts { addExact(word, &bag) }
    }
  }

  /// Analyzers that do not stem have no other form.
  private func addExact(_ unit: WordUnit, _ bag: inout QueryBag) {
    guard unit.exact.kind == .exact, unit.stem.kind == .stem, !unit.isStopWord else { return }
    bag.add(lowering.term(unit.exact), weights.word * weights.exact)
  }

  // MARK: Neighbours

  /// Words that follow each other when stop words are left out. Runs of Han characters have their bigrams for this, and
  /// stand between the words on their two sides.
  private func addPairs(_ text: AnalyzedQuery, _ bag: inout QueryBag) {
    var last: QueryTerm?
    func add(_ word: WordUnit) {
      guard !word.isStopWord else { return }
      let term = word.stem
      if let previous = last, term.position > previous.position {
        bag.add(lowering.phrase([previous, term], slop: 0), weights.word * weights.adjacency)
        bag.add(lowering.phrase([previous, term], slop: Self.proximityDistance), weights.word * weights.proximity)
      }
      last = term
    }
    for segment in text.segments {
      switch segment {
      case .word(let word): add(word)
      case .han: if !segment.isStopWord { last = nil }
      case .mixed(let unit):
        for part in unit.parts {
          switch part {
          case .word(let word): add(word)
          case .han: last = nil
          }
        }
      }
    }
  }

  /// By how much two words may be moved from their places to count as near.
  private static let proximityDistance = 8

  // MARK: Fields

  /// Words only: bigrams and characters of titles rank no better, and were a third of the terms of a question.
  private func addFields(_ text: AnalyzedQuery, _ boost: (field: FieldNumber, weight: Float), _ bag: inout QueryBag) {
    for term in text.segments.flatMap(\.words) where !term.isStopWord {
      bag.add(
        .term(Term(field: boost.field, space: term.kind.space, bytes: term.bytes)), lowering.weight(term) * boost.weight
      )
    }
  }

  private func addScript(_ text: AnalyzedQuery, _ bag: inout QueryBag) {
    guard let field = lowering.scriptField, let script = text.script else { return }
    bag.add(.term(Term(field: field, script.rawValue)), weights.script)
  }
}

extension QuerySegment {
  /// Its words, stems and dictionary words alike.
  fileprivate var words: [QueryTerm] {
    switch self {
    case .word(let unit): [unit.stem]
    case .han(let unit): unit.words
    case .mixed(let unit):
      unit.parts.flatMap { part in
        switch part {
        case .word(let word): [word.stem]
        case .han(let han): han.words
        }
      }
    }
  }
}
