// From analysed text to the operators of the index.

import Analysis
import InvertedIndex

/// Lowers the text of one field. What matches and what only adds to the score are kept apart.
struct TextLowering {
  let field: FieldNumber
  let weights: RankingWeights
  /// Whether bigrams of the field keep positions; otherwise phrases find them by their characters'.
  let bigramsHavePositions: Bool
  /// Whether the index has all single characters of runs.
  var hasCharacters = true
  /// Other fields in which the text's units add to the score, and how much.
  var boostedFields: [(field: FieldNumber, weight: Float)] = []
  /// The field that holds the script of documents, where it adds to the score.
  var scriptField: FieldNumber?

  // MARK: Text of which something has to match

  /// Any word or bigram matches; `bonuses` add to the score.
  func optional(_ text: AnalyzedQuery, _ bonuses: [Query] = []) -> Query {
    let (matching, scoring) = optionalParts(text)
    if matching.isEmpty { return .none }
    let any = Query.boolean(BooleanQuery(should: matching))
    let adding = scoring + bonuses
    return adding.isEmpty ? any : .boolean(BooleanQuery(must: [any], should: adding))
  }

  /// What makes a document match, any of it, and what else of the text adds to the score.
  func optionalParts(_ text: AnalyzedQuery) -> (matching: [Query], scoring: [Query]) {
    var matching = QueryBag()
    var scoring = QueryBag()
    for segment in text.segments { addOptional(segment, &matching, &scoring) }
    for expansion in text.expansions { addAlternatives(expansion.alternatives, &matching) }
    return (matching.queries, scoring.queries)
  }

  /// Whether a text may add anything to the scores of documents that it finds.
  var hasBonuses: Bool {
    weights.exact != 0 || weights.adjacency != 0 || weights.proximity != 0 || !boostedFields.isEmpty
      || scriptField != nil
  }

  /// What adds to the scores of documents that a text finds.
  func bonuses(_ text: AnalyzedQuery) -> [Query] {
    hasBonuses ? ScoreBonuses(lowering: self).all(text).queries : []
  }

  private func addOptional(_ segment: QuerySegment, _ matching: inout QueryBag, _ scoring: inout QueryBag) {
    switch segment {
    case .word(let unit): matching.add(term(unit.stem), weight(unit.stem))
    case .han(let unit): addOptional(unit, &matching, &scoring)
    case .mixed(let unit):
      if let whole = unit.whole { matching.addMatching(term(whole.stem), weights.word) }
      // That words and what touches them stand together decides whether they match; they are scored one by one.
      let together = unit.groups.filter { group in
        group.count > 1 && group.contains { $0.kind == .stem || $0.kind == .exact }
      }
      for group in together {
        matching.addMatching(.constant(phrase(positioned(group, in: unit), slop: 0), 0), 1)
      }
      let held = Set(together.flatMap { $0.flatMap { $0.position..<$0.position + $0.positionLength } })
      for part in unit.parts {
        switch part {
        case .word(let word):
          if held.contains(word.stem.position) {
            scoring.add(term(word.stem), weight(word.stem))
          } else {
            matching.addMatching(term(word.stem), weight(word.stem))
          }
        case .han(let han): addOptional(han, held: held, &matching, &scoring)
        }
      }
    }
  }

  /// A name of the synonym file: a word, a mixed token, or several words and runs as a phrase.
  private func alternative(_ name: AnalyzedQuery) -> Query {
    if name.segments.count == 1, case .mixed = name.segments[0] { return required(name) }
    return phrase(name.phrase, slop: 0)
  }

  private func addAlternatives(_ names: [AnalyzedQuery], _ bag: inout QueryBag) {
    for name in names { bag.addMatching(alternative(name), weights.synonym) }
  }

  /// Adds a run, but for characters at the positions `held`, which match only together with what they touch.
  private func addOptional(
    _ unit: HanUnit, held: Set<Int32> = [], _ matching: inout QueryBag, _ scoring: inout QueryBag
  ) {
    let isCharacter = unit.characters.count == 1 && held.isEmpty
    for term in unit.words + unit.bigrams + unit.characters {
      let range = term.position..<term.position + term.positionLength
      let matchesAlone =
        switch term.kind {
        case .hanCharacter: isCharacter
        case .hanWord where term.positionLength == 1:
          isCharacter ? !hasCharacters : !term.isStopWord && !held.contains(term.position)
        default: !range.contains { held.contains($0) }
        }
      if matchesAlone {
        matching.addMatching(self.term(term), weight(term))
      } else {
        scoring.add(scoringTerm(term, of: unit), weight(term))
      }
    }
    addAlternatives(unit, &matching)
  }

  /// What stands for words within a run.
  private func addAlternatives(_ unit: HanUnit, _ bag: inout QueryBag) {
    for piece in unit.segmentations.last ?? [] { addAlternatives(piece.alternatives, &bag) }
  }

  // MARK: Text of which all has to match

  /// Every segment matches, stop words apart; `bonuses` add to the score.
  func required(_ text: AnalyzedQuery, _ bonuses: [Query] = []) -> Query {
    if text.isEmpty { return .none }
    let needed = text.segments.filter { !$0.isStopWord }
    var boolean = BooleanQuery()
    var scoring = QueryBag()
    var index = 0
    while index < text.segments.count {
      if let expansion = text.expansions.first(where: { $0.segments.lowerBound == index }) {
        let named = AnalyzedQuery(segments: Array(text.segments[expansion.segments]))
        require(anyOf: [required(named)] + expansion.alternatives.map(alternative), &boolean)
        for segment in named.segments { addScores(segment, &scoring) }
        addAlternatives(expansion.alternatives, &scoring)
        index = expansion.segments.upperBound
        continue
      }
      let segment = text.segments[index]
      if needed.isEmpty || !segment.isStopWord {
        addRequired(segment, &boolean, &scoring)
      } else {
        addScores(segment, &scoring)
      }
      index += 1
    }
    boolean.should = scoring.queries + bonuses
    if boolean.must.count == 1, boolean.filter.isEmpty, boolean.should.isEmpty { return boolean.must[0] }
    return .boolean(boolean)
  }

  private func addRequired(_ segment: QuerySegment, _ boolean: inout BooleanQuery, _ scoring: inout QueryBag) {
    var alternatives: [Query] = []
    switch segment {
    case .word(let unit):
      boolean.must.append(weighted(term(unit.stem), weight(unit.stem)))
      return
    case .han(let unit):
      alternatives = unit.segmentations.compactMap { all($0) } + [phrase(unit.phrase, slop: 0)]
    case .mixed(let unit):
      if let whole = unit.whole { alternatives.append(term(whole.stem)) }
      let needed = unit.groups.filter { !$0.allSatisfy(\.isStopWord) }
      let groups = needed.isEmpty ? unit.groups : needed
      alternatives.append(.boolean(BooleanQuery(must: groups.map { phrase(positioned($0, in: unit), slop: 0) })))
    }
    require(anyOf: alternatives, &boolean)
    addScores(segment, &scoring)
  }

  private func require(anyOf alternatives: [Query], _ boolean: inout BooleanQuery) {
    boolean.filter.append(alternatives.count == 1 ? alternatives[0] : .boolean(BooleanQuery(should: alternatives)))
  }

  /// All pieces of a segmentation, stop words apart; nil where only single characters would be left of several pieces
  /// (上環 as 上 and 環): scattered characters say nothing, and the run as it stands is asked for anyway.
  private func all(_ pieces: [HanPiece]) -> Query? {
    let needed = pieces.filter { !$0.isStopWord }
    let asked = needed.isEmpty ? pieces : needed
    let scattered = asked.allSatisfy { piece in
      piece.terms.count == 1 && piece.terms[0].positionLength == 1 && piece.alternatives.isEmpty
    }
    if pieces.count > 1, scattered { return nil }
    let queries = asked.map { piece -> Query in
      let own = phrase(piece.terms, slop: 0)
      if piece.alternatives.isEmpty { return own }
      return .boolean(BooleanQuery(should: [own] + piece.alternatives.map(alternative)))
    }
    return queries.count == 1 ? queries[0] : .boolean(BooleanQuery(must: queries))
  }

  // MARK: Scores

  private func addScores(_ segment: QuerySegment, _ scoring: inout QueryBag) {
    switch segment {
    case .word(let unit): scoring.add(term(unit.stem), weight(unit.stem))
    case .han(let unit): addScores(unit, &scoring)
    case .mixed(let unit):
      if let whole = unit.whole { scoring.add(term(whole.stem), weights.word) }
      for part in unit.parts {
        switch part {
        case .word(let word): scoring.add(term(word.stem), weight(word.stem))
        case .han(let han): addScores(han, &scoring)
        }
      }
    }
  }

  private func addScores(_ unit: HanUnit, _ scoring: inout QueryBag) {
    for term in unit.words + unit.bigrams + unit.characters { scoring.add(scoringTerm(term, of: unit), weight(term)) }
    addAlternatives(unit, &scoring)
  }

  /// A term of a run that adds to a score: single characters of several count less the more frequent they are.
  private func scoringTerm(_ term: QueryTerm, of unit: HanUnit) -> Query {
    term.kind == .hanCharacter && unit.characters.count > 1 && weights.commonCharacter > 0
      ? .discounted(key(term), weights.commonCharacter) : self.term(term)
  }

  // MARK: Terms and phrases

  /// Terms at their positions; one term is a term.
  func phrase(_ terms: [QueryTerm], slop: Int) -> Query {
    guard let first = terms.map(\.position).min() else { return .none }
    if terms.count == 1 { return term(terms[0]) }
    return .phrase(
      PhraseQuery(
        terms.map { PhraseQuery.Slot(self.key($0), at: UInt32($0.position - first), parts: parts($0)) },
        slop: UInt32(clamping: slop)))
  }

  /// Where the positions of a term are to be found when it keeps none.
  private func parts(_ term: QueryTerm) -> [PhraseQuery.Slot.Part] {
    guard term.kind == .hanBigram, !bigramsHavePositions else { return [] }
    let characters = [term.bytes.prefix(term.firstCharacterLength), term.bytes.dropFirst(term.firstCharacterLength)]
    return characters.enumerated().map { distance, bytes in
      PhraseQuery.Slot.Part(
        Term(field: field, space: TermKind.hanCharacter.space, bytes: Array(bytes)), at: UInt32(distance))
    }
  }

  /// The terms of a group with its words as the bigrams (or the character) they are made of: words keep no positions. A
  /// word that is a group of its own needs none.
  private func positioned(_ group: [QueryTerm], in unit: MixedUnit) -> [QueryTerm] {
    guard group.count > 1 else { return group }
    return group.flatMap { term -> [QueryTerm] in
      guard term.kind == .hanWord else { return [term] }
      let range = term.position..<term.position + term.positionLength
      for case .han(let han) in unit.parts where han.characters.contains(where: { $0.position == term.position }) {
        if term.positionLength == 1 { return han.characters.filter { $0.position == term.position } }
        return han.bigrams.filter { range.contains($0.position) && range.contains($0.position + 1) }
      }
      return [term]
    }
  }

  private func key(_ term: QueryTerm) -> Term { Term(field: field, space: term.kind.space, bytes: term.bytes) }

  func term(_ term: QueryTerm) -> Query { .term(key(term)) }

  /// What a unit counts, by its kind.
  func weight(_ term: QueryTerm) -> Float {
    let kind =
      switch term.kind {
      case .exact, .stem: weights.word
      case .hanWord: weights.hanWord
      case .hanBigram: weights.hanBigram
      case .hanCharacter: weights.hanCharacter
      }
    return term.isStopWord ? kind * weights.stopWord : kind
  }

  private func weighted(_ query: Query, _ weight: Float) -> Query { weight == 1 ? query : .boost(query, weight) }
}
