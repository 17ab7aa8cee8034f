// Estimates what a query costs before it is evaluated.

internal import Storage

/// The steps that a plan takes at most, by the frequencies of its terms: postings and positions that are read, documents
/// that are visited. An estimate that ignores pruning, for refusing what no pruning would help.
struct QueryWork {
  private let documents: Double
  private let allowed: Double

  init(_ searcher: Searcher) {
    documents = Double(searcher.documentCount)
    allowed = Double(searcher.allowedSteps)
  }

  /// - Throws: `limitExceeded` for a plan beyond the limits.
  func check(_ plan: QueryPlan) throws(IndexError) {
    if plan.isOfTerms { return }
    var patterns = 0
    try checkLimits(plan, &patterns)
    let steps: Double
    if case .boolean(let must, let should, let mustNot, let filter, let minimum) = plan {
      // Terms side by side are free; what only adds to scores is asked of few documents.
      let parts = { (plans: [QueryPlan]) in plans.filter { $0.asTerm == nil } }
      steps = self.steps(
        must: parts(must), should: minimum > 0 ? parts(should) : [], mustNot: parts(mustNot), filter: parts(filter),
        lead: lead(must + filter))
    } else {
      steps = plan.asTerm == nil ? self.steps(plan) : 0
    }
    guard steps <= allowed else {
      throw IndexError(
        .limitExceeded, "the query would cost too much: its phrases and groups are too many for words this frequent")
    }
  }

  private func checkLimits(_ plan: QueryPlan, _ patterns: inout Int) throws(IndexError) {
    switch plan {
    case .all, .none, .term, .combined, .columnRange: return
    case .phrase(let phrase):
      guard phrase.slotCount <= SearchLimits.phraseTerms else {
        throw IndexError(.limitExceeded, "a phrase has more than \(SearchLimits.phraseTerms) terms")
      }
    case .selection:
      patterns += 1
      guard patterns <= SearchLimits.patterns else {
        throw IndexError(.limitExceeded, "the query has more than \(SearchLimits.patterns) patterns")
      }
    case .rescaled(let inner, _, _), .columnBoost(let inner, _): try checkLimits(inner, &patterns)
    case .boolean(let must, let should, let mustNot, let filter, _):
      for part in must + should + mustNot + filter { try checkLimits(part, &patterns) }
    }
  }

  /// How many documents match at most.
  private func bound(_ plan: QueryPlan) -> Double {
    switch plan {
    case .none: 0
    case .all, .selection, .columnRange: documents
    case .term(let term): Double(term.documentFrequency)
    case .combined(let terms, _): min(documents, terms.reduce(0) { $0 + Double($1.term.documentFrequency) })
    case .phrase(let phrase): rarest(phrase)
    case .rescaled(let inner, _, _), .columnBoost(let inner, _): bound(inner)
    case .boolean(let must, let should, _, let filter, _):
      must.isEmpty && filter.isEmpty
        ? min(documents, should.reduce(0) { $0 + bound($1) }) : lead(must + filter)
    }
  }

  /// How many documents the required part that has the fewest has at most.
  private func lead(_ required: [QueryPlan]) -> Double { required.reduce(documents) { min($0, bound($1)) } }

  private func rarest(_ phrase: PlannedPhrase) -> Double {
    phrase.terms.reduce(documents) { min($0, Double($1.term.documentFrequency)) }
  }

  private func steps(_ plan: QueryPlan) -> Double {
    switch plan {
    case .none, .selection: return 0
    case .all: return documents
    case .columnRange: return documents / 4
    case .term(let term): return Double(term.documentFrequency)
    case .combined(let terms, _): return terms.reduce(0) { $0 + Double($1.term.documentFrequency) }
    case .phrase(let phrase): return steps(phrase)
    case .rescaled(let inner, _, _): return steps(inner)
    case .columnBoost(let inner, _): return steps(inner) + bound(inner)
    case .boolean(let must, let should, let mustNot, let filter, _):
      return steps(must: must, should: should, mustNot: mustNot, filter: filter, lead: lead(must + filter))
    }
  }

  /// Asking one part of a combination for a document, through a heap or in step with others, takes this many steps.
  private static let move = 6.0

  /// Parts beside a required one are asked of the documents that it has.
  private func steps(
    must: [QueryPlan], should: [QueryPlan], mustNot: [QueryPlan], filter: [QueryPlan], lead: Double
  ) -> Double {
    func scaled(_ plan: QueryPlan, to lead: Double) -> Double {
      let own = bound(plan)
      return steps(plan) * (own > 0 ? min(1, lead / own) : 0) + Self.move * lead
    }
    let required = must + filter
    if required.isEmpty {
      let found = min(documents, should.reduce(0) { $0 + bound($1) })
      return should.reduce(0) { $0 + steps($1) + ($1.isSelection ? 0 : Self.move * bound($1)) }
        + mustNot.reduce(0) { $0 + scaled($1, to: found) }
    }
    return (required + should + mustNot).reduce(0) { $0 + scaled($1, to: lead) }
  }

  /// The documents that have all terms, and the positions in these. Without slop a few terms leave next to nothing to the
  /// others; with slop each position costs a look at all slots.
  private func steps(_ phrase: PlannedPhrase) -> Double {
    let rarest = rarest(phrase)
    var positions = 0.0
    for (term, _) in phrase.terms {
      let frequency = term.infos.reduce(0) { $0 + Double($1?.info.totalFrequency ?? 0) }
      positions += frequency * rarest / Double(max(1, term.documentFrequency))
    }
    let slots = Double(phrase.terms.count)
    if phrase.slop > 0 { return rarest * slots * 2 + positions * slots / 2 }
    return (rarest * slots * 2 + positions / 2) * min(1, 8 / slots)
  }
}

extension QueryPlan {
  /// Whether it is a term or some side by side, as most queries are.
  fileprivate var isOfTerms: Bool {
    guard case .boolean(let must, let should, let mustNot, let filter, _) = self else { return asTerm != nil }
    func areTerms(_ plans: [QueryPlan]) -> Bool { plans.allSatisfy { $0.asTerm != nil } }
    return areTerms(must) && areTerms(should) && areTerms(mustNot) && areTerms(filter)
  }

  /// Whether it is a pattern, or one with another score. Sets of documents are joined before they are walked over.
  fileprivate var isSelection: Bool {
    switch self {
    case .selection: true
    case .rescaled(let inner, _, _): inner.isSelection
    default: false
    }
  }
}
