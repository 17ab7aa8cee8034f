// From the tree of a query to the operators of the index.

import Analysis
import InvertedIndex
import QueryLanguage

/// Lowers query trees and plain text with the index's analyzer. One per thread.
///
/// What a leaf of text asks for depends on whether it has to match: with a required leaf, a run of Han characters matches
/// where all words of one of its segmentations are, or the run as it stands; with an optional one its words and bigrams
/// match; characters only add to the score where the run is longer than one. A mixed token matches as a whole or as the
/// phrase of its parts.
struct QueryLowering {
  private let schema: Schema
  private let analyzer: Analyzer
  private let weights: RankingWeights
  private let defaultField: FieldNumber
  /// Whether the index has all single characters of runs.
  private let hasCharacters: Bool
  /// Whether every text asks for all of its parts, also where it stands for itself or beside an OR.
  private let requiresAllText: Bool

  init(
    schema: Schema, analyzer: Analyzer, weights: RankingWeights, defaultOperator: DefaultOperator,
    hasCharacters: Bool = true
  ) throws {
    guard let text = schema.number(of: StandardField.text) else {
      throw IndexError(.corrupt, "the index has no field \"\(StandardField.text)\"")
    }
    self.schema = schema
    self.analyzer = analyzer
    var weights = weights
    // The few characters that are there would count for some documents only.
    if !hasCharacters { weights.hanCharacter = 0 }
    self.weights = weights
    self.hasCharacters = hasCharacters
    requiresAllText = defaultOperator == .and
    defaultField = text
  }

  /// The fields that a query may name.
  static func fieldNames(_ schema: Schema) -> Set<String> {
    Set(schema.fields.map(\.name).filter { !StandardField.isReserved($0) })
  }

  /// Plain text as a bag of terms, as for evaluation runs.
  func lowerBag(_ text: String) -> Query { lowerBag(text, defaultField) }

  private func lowerBag(_ text: String, _ field: FieldNumber) -> Query {
    let lowering = textLowering(field)
    let analyzed = analyzer.analyzeQuery(text, allSegmentations: false)
    return lowering.optional(analyzed, lowering.bonuses(analyzed))
  }

  /// Titles, headings and paths add to the score of queries that name no field.
  private func textLowering(_ field: FieldNumber) -> TextLowering {
    var lowering = phraseLowering(field)
    lowering.hasCharacters = hasCharacters
    guard field == defaultField else { return lowering }
    for (name, weight) in [
      (StandardField.title, weights.title), (StandardField.headings, weights.headings),
      (StandardField.path, weights.path),
    ] where weight > 0 {
      if let number = schema.number(of: name) { lowering.boostedFields.append((number, weight)) }
    }
    if weights.script > 0 { lowering.scriptField = schema.number(of: StandardField.script) }
    return lowering
  }

  /// For phrases, to whose scores nothing adds.
  private func phraseLowering(_ field: FieldNumber) -> TextLowering {
    TextLowering(
      field: field, weights: weights,
      bigramsHavePositions: schema.field(field)?.hasPositions(TermKind.hanBigram.space) == true)
  }

  /// - Throws: ``QueryError`` for what the index cannot answer: a malformed regular expression, a bound that is no number.
  func lower(_ tree: QueryTree) throws -> Query { try lower(tree, defaultField, isRequired: requiresAllText) }

  /// `isRequired`: whether the tree has to match for a document to be found, so that a text asks for all of its parts.
  private func lower(_ tree: QueryTree, _ field: FieldNumber, isRequired: Bool) throws -> Query {
    switch tree.node {
    case .text(let text): return try lowerText(text, field, isRequired: isRequired)
    case .phrase(let text, let slop): return try lowerPhrase(text, slop: slop, field)
    case .prefix(let text): return lowerPrefix(text, field)
    case .wildcard(let pattern): return selection(field, .automaton(wildcard(pattern)))
    case .regexp(let pattern):
      do throws(RegularExpressionError) {
        return selection(field, .automaton(try RegularExpressionAutomaton(pattern)))
      } catch {
        let shown = pattern.unicodeScalars.count > 60 ? "\(String(pattern.unicodeScalars.prefix(60)))…" : pattern
        throw QueryError("the regular expression /\(shown)/ is malformed: \(error)", tree.sourceRange)
      }
    case .fuzzy(let text, let edits):
      return selection(field, .automaton(FuzzyAutomaton(analyzer.fold(text), maximumEdits: edits)))
    case .range(let lower, let upper):
      return try RangeLowering(schema: schema, space: patternSpace, fold: analyzer.fold).lower(
        lower, upper, field, tree.sourceRange)
    case .exists(let name): return exists(name)
    case .matchAll: return .all
    case .near(let operands, let distance): return try lowerNear(operands, distance, field)
    case .boolean(let clauses, let minimum): return try lowerBoolean(clauses, minimum, field)
    case .fielded(let name, let inner):
      guard let number = schema.number(of: name) else { return .none }
      return try lower(inner, number, isRequired: isRequired)
    case .boosted(let inner, let factor): return .boost(try lower(inner, field, isRequired: isRequired), factor)
    case .constantScore(let inner, let score): return .constant(try lower(inner, field, isRequired: true), score)
    }
  }

  // MARK: Text

  private func lowerText(_ text: String, _ field: FieldNumber, isRequired: Bool) throws -> Query {
    if schema.field(field)?.type != .text {
      let value = RangeBound.inclusive(text)
      return try RangeLowering(schema: schema, space: patternSpace, fold: analyzer.fold).lower(value, value, field, nil)
    }
    let lowering = textLowering(field)
    let analyzed = analyzer.analyzeQuery(text, allSegmentations: isRequired)
    let bonuses = lowering.bonuses(analyzed)
    return isRequired ? lowering.required(analyzed, bonuses) : lowering.optional(analyzed, bonuses)
  }

  private func lowerPhrase(_ text: String, slop: Int, _ field: FieldNumber) throws -> Query {
    guard schema.field(field)?.type == .text else {
      return try lowerText(text, field, isRequired: true)
    }
    return phraseLowering(field).phrase(
      analyzer.analyzeQuery(text, quoted: true, allSegmentations: false).phrase, slop: slop)
  }

  private func lowerPrefix(_ text: String, _ field: FieldNumber) -> Query {
    let folded = analyzer.fold(text)
    let analyzed = analyzer.analyzeQuery(text)
    // Words of scripts without spaces have no beginning that the writer marked: what begins with them is what holds them.
    if case .han? = analyzed.segments.last {
      return phraseLowering(field).phrase(analyzed.phrase, slop: 0)
    }
    return selection(field, .prefix(Array(folded.utf8)))
  }

  private func selection(_ field: FieldNumber, _ pattern: TermSelection.Pattern) -> Query {
    .selection(TermSelection(field: field, space: patternSpace, pattern: pattern))
  }

  /// The space of unstemmed terms, which patterns and ranges select from.
  private var patternSpace: TermSpace {
    analyzer.configuration.name == .whitespace ? TermKind.stem.space : TermKind.exact.space
  }

  private func wildcard(_ pattern: WildcardPattern) -> WildcardAutomaton {
    WildcardAutomaton(
      pattern.parts.map { part in
        switch part {
        case .literal(let text): .literal(analyzer.fold(text))
        case .anyCharacter: .anyCharacter
        case .anyString: .anyString
        }
      })
  }

  private func exists(_ name: String) -> Query {
    guard let field = schema.number(of: name), let type = schema.field(field)?.type else { return .none }
    switch type {
    case .integer: return .columnRange(ColumnRange(field: field, bounds: .integers(Int64.min...Int64.max)))
    case .real: return .columnRange(ColumnRange(field: field, bounds: .reals(-Double.infinity...Double.infinity)))
    case .text:
      let spaces = [TermKind.stem, .hanCharacter]
      return .constant(
        .boolean(
          BooleanQuery(
            should: spaces.map { .selection(TermSelection(field: field, space: $0.space, pattern: .prefix([]))) })), 1)
    }
  }

  // MARK: Combinations

  private func lowerNear(_ operands: [QueryTree], _ distance: Int, _ field: FieldNumber) throws -> Query {
    // Operands in any order: every order as a phrase that may stretch. More than four would be too many orders; they
    // have to be in the document at least.
    var terms: [[QueryTerm]] = []
    for operand in operands {
      switch operand.node {
      case .text(let text): terms.append(analyzer.analyzeQuery(text, quoted: true, allSegmentations: false).phrase)
      case .phrase(let text, _): terms.append(analyzer.analyzeQuery(text, quoted: true, allSegmentations: false).phrase)
      default:
        throw QueryError("NEAR takes words and phrases", operand.sourceRange)
      }
    }
    terms.removeAll(where: \.isEmpty)
    guard terms.count > 1 else {
      return phraseLowering(field).phrase(terms.first ?? [], slop: 0)
    }
    guard terms.count <= 4 else { throw QueryError("NEAR takes at most four operands", operands[0].sourceRange) }
    let lowering = phraseLowering(field)
    return .boolean(
      BooleanQuery(
        should: Self.orders(terms).map { order in
          lowering.phrase(Self.concatenated(order), slop: (distance - 1) * (order.count - 1))
        }))
  }

  private static func orders(_ items: [[QueryTerm]]) -> [[[QueryTerm]]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { place -> [[[QueryTerm]]] in
      var rest = items
      let first = rest.remove(at: place)
      return orders(rest).map { [first] + $0 }
    }
  }

  /// The terms one behind another, each group moved to where the one before ends.
  private static func concatenated(_ groups: [[QueryTerm]]) -> [QueryTerm] {
    var next: Int32 = 0
    var terms: [QueryTerm] = []
    for group in groups {
      let start = group.map(\.position).min() ?? 0
      var end = next
      for term in group {
        let position = next + term.position - start
        terms.append(term.moved(to: position))
        end = max(end, position + term.positionLength)
      }
      next = end
    }
    return terms
  }

  private func lowerBoolean(_ clauses: [QueryClause], _ minimum: Int, _ field: FieldNumber) throws -> Query {
    let isText = schema.field(field)?.type == .text
    let texts = clauses.compactMap { clause -> String? in
      guard isText, clause.occur != .mustNot, case .text(let text) = clause.tree.node else { return nil }
      return text
    }
    // Words beside each other without operators are one text, as in a bag of words.
    if texts.count == clauses.count, minimum <= 1, !requiresAllText, clauses.allSatisfy({ $0.occur == .should }) {
      return lowerBag(texts.joined(separator: " "), field)
    }
    var boolean = BooleanQuery(minimumShouldMatch: minimum)
    var optionalStopWords: [Query] = []
    var scoring: [Query] = []
    let lowering = textLowering(field)
    for clause in minimum == 0 ? joiningNames(clauses) : clauses {
      let isRequired = requiresAllText || clause.occur != .should
      let query: Query
      var isStopWords = false
      if isText, case .text(let text) = clause.tree.node {
        let analyzed = analyzer.analyzeQuery(text, allSegmentations: isRequired || minimum > 1)
        if !isRequired, minimum <= 1 {
          // Texts beside other clauses are one disjunction with them.
          let parts = lowering.optionalParts(analyzed)
          boolean.should += parts.matching
          scoring += parts.scoring
          continue
        }
        query = isRequired ? lowering.required(analyzed) : lowering.optional(analyzed)
        isStopWords = !analyzed.isEmpty && analyzed.segments.allSatisfy(\.isStopWord)
      } else {
        query = try lower(clause.tree, field, isRequired: isRequired)
      }
      // A leaf without a word takes no part.
      if query == .none, isEmptyText(clause.tree) { continue }
      switch clause.occur {
      case .must where isStopWords: optionalStopWords.append(query)
      case .must: boolean.must.append(query)
      case .should: boolean.should.append(query)
      case .mustNot: boolean.mustNot.append(query)
      }
    }
    // Stop words are only asked for where there is nothing else to ask for.
    if boolean.must.isEmpty, boolean.should.isEmpty {
      boolean.must = optionalStopWords
    } else {
      boolean.should += optionalStopWords
    }
    if boolean.must.isEmpty, boolean.should.isEmpty, !boolean.mustNot.isEmpty { boolean.must = [.constant(.all, 0)] }
    if !texts.isEmpty, lowering.hasBonuses {
      scoring += lowering.bonuses(analyzer.analyzeQuery(texts.joined(separator: " "), allSegmentations: false))
    }
    return adding(scoring, to: boolean)
  }

  /// The same matches, with what only adds to their scores.
  private func adding(_ bonuses: [Query], to boolean: BooleanQuery) -> Query {
    if bonuses.isEmpty { return .boolean(boolean) }
    var boolean = boolean
    if boolean.minimumShouldMatch == 0, !(boolean.must.isEmpty && boolean.filter.isEmpty) {
      boolean.should += bonuses
      return .boolean(boolean)
    }
    // Exclusions stay outside, where they are asked last.
    let mustNot = boolean.mustNot
    boolean.mustNot = []
    return .boolean(BooleanQuery(must: [.boolean(boolean)], should: bonuses, mustNot: mustNot))
  }

  /// Neighbouring words that are together a name of the synonym file as one text, so that they are expanded together.
  private func joiningNames(_ clauses: [QueryClause]) -> [QueryClause] {
    guard analyzer.longestSynonym > 1 else { return clauses }
    var joined: [QueryClause] = []
    var start = 0
    while start < clauses.count {
      var texts: [String] = []
      for clause in clauses[start...].prefix(analyzer.longestSynonym) {
        guard case .text(let text) = clause.tree.node, clause.occur == clauses[start].occur, clause.occur != .mustNot
        else { break }
        texts.append(text)
      }
      while texts.count > 1, !analyzer.isSynonym(texts.joined(separator: " ")) { texts.removeLast() }
      if texts.count > 1 {
        joined.append(QueryClause(clauses[start].occur, .text(texts.joined(separator: " "))))
        start += texts.count
      } else {
        joined.append(clauses[start])
        start += 1
      }
    }
    return joined
  }

  private func isEmptyText(_ tree: QueryTree) -> Bool {
    switch tree.node {
    case .text(let text), .phrase(let text, _): analyzer.analyzeQuery(text).isEmpty
    case .boosted(let inner, _), .fielded(_, let inner): isEmptyText(inner)
    default: false
    }
  }
}
