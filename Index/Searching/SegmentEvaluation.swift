// Evaluates a plan on one segment: chooses the algorithm and runs it.

internal import Storage

/// One evaluation on one segment.
struct SegmentEvaluation {
  private let searcher: Searcher
  private let segment: SegmentReader
  private let place: Int
  private let scratch: WindowScratch
  private let context = ReadingContext()

  init(_ searcher: Searcher, _ place: Int, _ scratch: WindowScratch) {
    self.searcher = searcher
    self.place = place
    self.scratch = scratch
    segment = searcher.reader.segments[place]
  }

  /// Shows matching documents to the collector: all that can come in, and every one when `counts`. Returns how many
  /// match when `counts`.
  func collect(_ plan: QueryPlan, into collector: inout TopDocumentsCollector, counts: Bool) throws(IndexError) -> Int {
    let total: Int
    if let terms = termDisjunction(plan) {
      let cursors = ScoredCursors(try open(terms), context: context)
      total = TermDisjunction(cursors, segment: segment, place: place, scratch: scratch).collect(
        into: &collector, counts: counts)
    } else if let terms = termConjunction(plan) {
      guard let cursors = try openAll(terms) else { return 0 }
      total = TermConjunction(cursors, segment: segment, place: place).collect(
        into: &collector, counts: counts, scores: true)
    } else {
      total = walk(try scorer(plan)) { document, score in
        collector.collect(DocAddress(segment: place, document: document), score: Float(score()))
      }
    }
    try context.check()
    return total
  }

  /// How many documents match.
  func count(_ plan: QueryPlan) throws(IndexError) -> Int {
    let total: Int
    if let term = plan.asTerm, segment.live == nil {
      return term.infos[place]?.info.documentFrequency ?? 0
    } else if case .all = plan {
      return segment.liveCount
    } else if let terms = termDisjunction(plan) {
      let cursors = ScoredCursors(try open(terms), context: context)
      total = DocumentSets.count(anyOf: cursors, in: segment, scratch: scratch)
    } else if let terms = termConjunction(plan) {
      guard let cursors = try openAll(terms) else { return 0 }
      var nothing = TopDocumentsCollector(capacity: 0)
      total = TermConjunction(cursors, segment: segment, place: place).collect(
        into: &nothing, counts: true, scores: false)
    } else {
      total = walk(try scorer(plan)) { _, _ in }
    }
    try context.check()
    return total
  }

  /// The score of one document, or nil when it does not match.
  func score(_ plan: QueryPlan, of document: DocID) throws(IndexError) -> Float? {
    let scorer = try scorer(plan)
    let isMatch = scorer.advance(to: document) == document && scorer.matches()
    let score = isMatch ? Float(scorer.score()) : nil
    try context.check()
    return score
  }

  private func walk(_ scorer: Scorer, _ body: (DocID, () -> Double) -> Void) -> Int {
    var total = 0
    var document = scorer.document
    while document != .end {
      if segment.isLive(document), scorer.matches() {
        total += 1
        body(document, scorer.score)
      }
      document = scorer.next()
    }
    return total
  }

  // MARK: Terms

  /// The terms of a plan that is a disjunction of terms, with further terms that only score.
  private func termDisjunction(_ plan: QueryPlan) -> [(term: PlannedTerm, matches: Bool)]? {
    if let term = plan.asTerm { return [(term, true)] }
    guard case .boolean(let must, let should, let mustNot, let filter, let minimum) = plan, mustNot.isEmpty,
      filter.isEmpty, minimum <= 1
    else { return nil }
    let optional = should.compactMap(\.asTerm)
    guard optional.count == should.count else { return nil }
    if must.isEmpty { return optional.map { ($0, true) } }
    guard minimum == 0, must.count == 1, case .boolean(let none, let any, let no, let filters, let one) = must[0],
      none.isEmpty, no.isEmpty, filters.isEmpty, one <= 1
    else { return nil }
    let required = any.compactMap(\.asTerm)
    guard required.count == any.count else { return nil }
    return required.map { ($0, true) } + optional.map { ($0, false) }
  }

  /// The terms of a plan that is a conjunction of terms.
  private func termConjunction(_ plan: QueryPlan) -> [PlannedTerm]? {
    guard case .boolean(let must, let should, let mustNot, let filter, let minimum) = plan, mustNot.isEmpty,
      filter.isEmpty, should.isEmpty, minimum == 0
    else { return nil }
    let terms = must.compactMap(\.asTerm)
    return terms.count == must.count && !terms.isEmpty ? terms : nil
  }

  private func scoring(_ field: FieldNumber, weight: Float) throws(IndexError) -> TermScoring {
    unsafe TermScoring(
      weight: weight, factors: searcher.lengthFactors(field).base,
      norms: try segment.norms.codes(of: field)?.baseAddress)
  }

  private func open(_ terms: [(term: PlannedTerm, matches: Bool)]) throws(IndexError) -> [ScoredCursor] {
    var cursors: [ScoredCursor] = []
    cursors.reserveCapacity(terms.count)
    for (term, matches) in terms {
      guard let found = term.infos[place] else { continue }
      let cursor = try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context)
      cursors.append(
        ScoredCursor(cursor: cursor, scoring: try scoring(term.field, weight: term.weight), matches: matches))
    }
    return cursors
  }

  /// Cursors of all the terms by ascending frequency; nil when one is not in the segment.
  private func openAll(_ terms: [PlannedTerm]) throws(IndexError) -> ScoredCursors? {
    let cursors = try open(terms.map { ($0, true) })
    guard cursors.count == terms.count else { return nil }
    return ScoredCursors(
      cursors.sorted { $0.cursor.documentFrequency < $1.cursor.documentFrequency }, context: context)
  }

  // MARK: Scorers

  /// A scorer for any plan.
  private func scorer(_ plan: QueryPlan) throws(IndexError) -> Scorer {
    switch plan {
    case .none: return EmptyScorer()
    case .all: return AllScorer(documentCount: segment.documentCount)
    case .term(let term):
      guard let found = term.infos[place] else { return EmptyScorer() }
      let cursor = try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context)
      return TermScorer(cursor, try scoring(term.field, weight: term.weight))
    case .phrase(let phrase): return try scorer(phrase)
    case .rescaled(let inner, let factor, let summand):
      return RescaledScorer(try scorer(inner), factor: factor, summand: summand)
    case .selection(let selection): return try scorer(selection)
    case .columnRange(let range): return try scorer(range)
    case .boolean(let must, let should, let mustNot, let filter, let minimum):
      return try scorer(must: must, should: should, mustNot: mustNot, filter: filter, minimum: minimum)
    }
  }

  private func scorers(_ plans: [QueryPlan]) throws(IndexError) -> [Scorer] {
    try plans.map { (plan) throws(IndexError) in try scorer(plan) }
  }

  private func scorer(
    must: [QueryPlan], should: [QueryPlan], mustNot: [QueryPlan], filter: [QueryPlan], minimum: Int
  ) throws(IndexError) -> Scorer {
    let required = try scorers(must)
    let filters = try scorers(filter)
    var optional = try scorers(should)
    optional.removeAll { $0.document == .end }
    if (required + filters).contains(where: { $0.document == .end }) || optional.count < minimum {
      return EmptyScorer()
    }
    var result: Scorer
    if required.isEmpty, filters.isEmpty {
      result = optional.count == 1 ? optional[0] : DisjunctionScorer(optional, minimum: minimum)
    } else if minimum > 0 {
      let some = DisjunctionScorer(optional, minimum: minimum)
      result = ConjunctionScorer(required + filters + [some], scoring: required + [some])
    } else {
      result =
        required.count == 1 && filters.isEmpty
        ? required[0] : ConjunctionScorer(required + filters, scoring: required)
      if !optional.isEmpty {
        result = OptionalScorer(result, optional: optional.count == 1 ? optional[0] : DisjunctionScorer(optional))
      }
    }
    let excluded = try scorers(mustNot).filter { $0.document != .end }
    if excluded.isEmpty { return result }
    return ExclusionScorer(result, excluding: excluded.count == 1 ? excluded[0] : DisjunctionScorer(excluded))
  }

  private func scorer(_ phrase: PlannedPhrase) throws(IndexError) -> Scorer {
    var parts: [PhraseScorer.Part] = []
    for (term, position) in phrase.terms {
      guard let found = term.infos[place] else { return EmptyScorer() }
      parts.append(
        PhraseScorer.Part(
          postings: try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context),
          positions: try segment.positionsCursor(found.info, context: context), offset: position))
    }
    return PhraseScorer(
      parts, slop: phrase.slop, scoring: try scoring(phrase.terms[0].term.field, weight: phrase.weight))
  }

  private func scorer(_ selection: TermSelection) throws(IndexError) -> Scorer {
    guard let space = segment.terms.space(field: selection.field, space: selection.space) else { return EmptyScorer() }
    var words = [UInt64](repeating: 0, count: (segment.documentCount + 63) / 64)
    var isEmpty = true
    try segment.terms.forEachTerm(of: selection.pattern, in: space) { (info) throws(IndexError) in
      isEmpty = false
      // The buffers of a cursor go with its context; an expansion may have very many.
      let context = ReadingContext()
      var cursor = try segment.postingsCursor(info, hasPositions: space.statistics.hasPositions, context: context)
      DocumentSets.add(&cursor, to: &words)
      try context.check()
    }
    return isEmpty ? EmptyScorer() : BitSetScorer(words: words)
  }

  private func scorer(_ range: ColumnRange) throws(IndexError) -> Scorer {
    guard let column = segment.columns?.column(of: range.field) else { return EmptyScorer() }
    let bounds: ClosedRange<UInt64>
    switch (range.bounds, column.type) {
    case (.integers(let values), .integer):
      bounds = OrderedBits.of(values.lowerBound)...OrderedBits.of(values.upperBound)
    case (.reals(let values), .real):
      bounds = OrderedBits.of(values.lowerBound)...OrderedBits.of(values.upperBound)
    default: return EmptyScorer()
    }
    var words = [UInt64](repeating: 0, count: (segment.documentCount + 63) / 64)
    for document in 0..<DocID(segment.documentCount) {
      if let bits = try column.bits(document), bounds.contains(bits) {
        words[Int(document >> 6)] |= 1 << UInt64(document & 63)
      }
    }
    return BitSetScorer(words: words)
  }
}
