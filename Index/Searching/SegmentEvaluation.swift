// Evaluates a plan on one segment: chooses the algorithm and runs it.

internal import Storage

/// One evaluation on one segment or a range of its documents.
struct SegmentEvaluation {
  private let searcher: Searcher
  private let segment: SegmentReader
  private let place: Int
  private let scratch: EvaluationScratch
  private let context: ReadingContext
  private let range: Range<DocID>

  /// `range` begins at a multiple of 64, and ends at one or with the segment.
  init(
    _ searcher: Searcher, _ place: Int, _ scratch: EvaluationScratch, _ control: SearchControl? = nil,
    range: Range<DocID>? = nil
  ) {
    context = ReadingContext(control)
    self.searcher = searcher
    self.place = place
    self.scratch = scratch
    segment = searcher.reader.segments[place]
    self.range = range ?? 0..<DocID(segment.documentCount)
  }

  private var isWhole: Bool { range.count == segment.documentCount }

  /// Shows matching documents to the collector, all that can come in. Returns how many match when `counts`.
  func collect(_ plan: QueryPlan, into collector: inout TopDocumentsCollector, counts: Bool) throws(IndexError) -> Int {
    var total = 0
    switch try algorithm(plan) {
    case .nothing: return 0
    case .disjunction(let disjunction):
      // Counting needs no scores and finding the best not every match: two passes cost less than one that does both.
      if counts { total = try count(plan) }
      if !disjunction.matching.isEmpty { try evaluation(disjunction).collect(into: &collector, in: range) }
      for number in disjunction.phrases.indices {
        _ = try evaluation(disjunction, phrase: number)?.collect(
          into: &collector, counts: false, scores: true, in: range)
      }
    case .conjunction(let parts):
      let countsApart = counts && hasSimpleCount(plan)
      if countsApart { total = try count(plan) }
      let evaluation = ConjunctionEvaluation(
        parts, segment: segment, place: place, scratch: scratch, context: context)
      let found = evaluation.collect(into: &collector, counts: counts && !countsApart, scores: true, in: range)
      if !countsApart { total = found }
    case .scorer(let scorer):
      total = walk(scorer) { document, score in
        collector.collect(DocAddress(segment: place, document: document), score: Float(score()))
      }
    }
    try context.check()
    return total
  }

  /// Shows each matching document to the collectors.
  func visit(_ plan: QueryPlan, _ collectors: inout MatchCollectors) throws(IndexError) {
    collectors.enter(place, segment)
    let scorer = try scorer(plan)
    var document = scorer.document
    var visited = 0
    while document != .end {
      visited += 1
      if visited & Self.visitsBetweenLooks == 0, context.mustStop() { break }
      if segment.isLive(document), scorer.matches() { try collectors.collect(document, scorer) }
      document = scorer.next()
    }
    try context.check()
  }

  /// How many documents match.
  func count(_ plan: QueryPlan) throws(IndexError) -> Int {
    let plan = plan.withoutOptionalParts
    if isWhole, let term = plan.asTerm, segment.live == nil { return term.infos[place]?.info.documentFrequency ?? 0 }
    if isWhole, case .all = plan { return segment.liveCount }
    let total: Int
    switch try algorithm(plan) {
    case .nothing: return 0
    case .disjunction(let disjunction) where disjunction.filter.isEmpty && disjunction.mustNot.isEmpty:
      var found = DocumentSets.count(
        anyOf: ScoredCursors(disjunction.matching, context: context), in: segment, range, scratch: scratch,
        context: context)
      var nothing = TopDocumentsCollector(capacity: 0)
      for number in disjunction.phrases.indices {
        found +=
          try evaluation(disjunction, phrase: number)?.collect(
            into: &nothing, counts: true, scores: false, in: range) ?? 0
      }
      total = found
    case .disjunction: total = walk(try scorer(plan)) { _, _ in }
    case .conjunction(let parts):
      var nothing = TopDocumentsCollector(capacity: 0)
      let evaluation = ConjunctionEvaluation(
        parts, segment: segment, place: place, scratch: scratch, context: context)
      total = evaluation.collect(into: &nothing, counts: true, scores: false, in: range)
    case .scorer(let scorer): total = walk(scorer) { _, _ in }
    }
    try context.check()
    return total
  }

  /// Calls `body` with every document that matches, in order.
  func forEachMatch(_ plan: QueryPlan, _ body: (DocID) -> Void) throws(IndexError) {
    _ = walk(try scorer(plan.withoutOptionalParts)) { document, _ in body(document) }
    try context.check()
  }

  /// Whether the number of matches is known without walking over them.
  private func hasSimpleCount(_ plan: QueryPlan) -> Bool {
    isWhole && segment.live == nil && plan.withoutOptionalParts.asTerm != nil
  }

  /// The score of one document, or nil when it does not match.
  func score(_ plan: QueryPlan, of document: DocID) throws(IndexError) -> Float? {
    let scorer = try scorer(plan)
    let isMatch = scorer.advance(to: document) == document && scorer.matches()
    let score = isMatch ? Float(scorer.score()) : nil
    try context.check()
    return score
  }

  /// A document that is visited costs some hundred nanoseconds at most: with a mask of this many, some are between looks.
  private static let visitsBetweenLooks = 127

  private func walk(_ scorer: Scorer, _ body: (DocID, () -> Double) -> Void) -> Int {
    var total = 0
    var document = scorer.document < range.lowerBound ? scorer.advance(to: range.lowerBound) : scorer.document
    var visited = 0
    while document < range.upperBound {
      visited += 1
      if visited & Self.visitsBetweenLooks == 0, context.mustStop() { return total }
      if segment.isLive(document), scorer.matches() {
        total += 1
        body(document, scorer.score)
      }
      document = scorer.next()
    }
    return total
  }

  // MARK: The choice of an algorithm

  private enum Algorithm {
    case nothing
    case disjunction(Disjunction)
    case conjunction(ConjunctionParts)
    case scorer(Scorer)
  }

  private struct Disjunction {
    /// The terms of which a document has one, or it has one of the phrases.
    var matching: [ScoredCursor] = []
    var terms: [QueryPlan]
    var phrases: [QueryPlan]
    /// What only adds to scores: terms and phrases.
    var optional: [QueryPlan]
    var mustNot: [QueryPlan]
    var filter: [QueryPlan]
  }

  /// The evaluation of the documents that have one of a disjunction's terms.
  private func evaluation(_ disjunction: Disjunction) throws(IndexError) -> DisjunctionEvaluation {
    var optional: [ScoredCursor] = []
    var optionalPhrases: [OptionalPhrase] = []
    for plan in disjunction.optional + disjunction.phrases {
      if let term = plan.asTerm, let cursor = try scoredCursor(term) { optional.append(cursor) }
      if let phrase = plan.asPhrase, phrase.weight > 0, let found = try optionalPhrase(phrase) {
        optionalPhrases.append(found)
      }
    }
    return DisjunctionEvaluation(
      disjunction.matching, optional: optional, optionalPhrases: OptionalPhrases(optionalPhrases),
      filters: try scorers(disjunction.filter), excluded: try scorers(disjunction.mustNot), segment: segment,
      place: place, scratch: scratch, context: context)
  }

  /// The evaluation of the documents that have one of a disjunction's phrases, but none of its terms nor a phrase
  /// before that one. Nil where none has it.
  private func evaluation(_ disjunction: Disjunction, phrase number: Int) throws(IndexError) -> ConjunctionEvaluation? {
    let phrases = disjunction.phrases
    let parts = try conjunction(
      must: [phrases[number]], should: phrases[(number + 1)...] + disjunction.optional,
      mustNot: disjunction.terms + phrases[..<number] + disjunction.mustNot, filter: disjunction.filter, minimum: 0)
    return parts.map {
      ConjunctionEvaluation($0, segment: segment, place: place, scratch: scratch, context: context)
    }
  }

  private func algorithm(_ plan: QueryPlan) throws(IndexError) -> Algorithm {
    if !plan.hasNegativeWeight {
      switch plan {
      case .term, .phrase:
        return try conjunction(must: [plan], should: [], mustNot: [], filter: [], minimum: 0).map { .conjunction($0) }
          ?? .nothing
      case .boolean(let must, let should, let mustNot, let filter, let minimum):
        let optional = minimum > 0 ? [] : should
        if must.isEmpty, minimum == 1, should.allSatisfy(\.isTermOrPhrase), hasFewPhrases(should),
          filter.allSatisfy({ $0.asTerm == nil })
        {
          return try disjunction(should, optional: [], mustNot: mustNot, filter: filter)
        }
        guard optional.allSatisfy(\.isTermOrPhrase) else { break }
        if must.count == 1, minimum == 0, let terms = must[0].asDisjunction, hasFewPhrases(terms),
          filter.allSatisfy({ $0.asTerm == nil })
        {
          return try disjunction(terms, optional: should, mustNot: mustNot, filter: filter)
        }
        if must.contains(where: \.isTermOrPhrase)
          || filter.contains(where: { $0.asTerm != nil })
        {
          return try conjunction(must: must, should: should, mustNot: mustNot, filter: filter, minimum: minimum).map {
            .conjunction($0)
          } ?? .nothing
        }
      default: break
      }
    }
    return .scorer(try scorer(plan))
  }

  /// In a disjunction each phrase is evaluated against all before it, which pays while they are few.
  private func hasFewPhrases(_ parts: [QueryPlan]) -> Bool { parts.count { $0.asPhrase != nil } <= 16 }

  private func disjunction(
    _ parts: [QueryPlan], optional: [QueryPlan], mustNot: [QueryPlan], filter: [QueryPlan]
  ) throws(IndexError) -> Algorithm {
    var disjunction = Disjunction(
      terms: parts.filter { $0.asTerm != nil }, phrases: parts.filter { $0.asPhrase != nil }, optional: optional,
      mustNot: mustNot, filter: filter)
    for term in disjunction.terms.compactMap(\.asTerm) {
      if let cursor = try scoredCursor(term) { disjunction.matching.append(cursor) }
    }
    return disjunction.matching.isEmpty && disjunction.phrases.isEmpty ? .nothing : .disjunction(disjunction)
  }

  /// Nil when something that is required is not in the segment.
  private func conjunction(
    must: [QueryPlan], should: [QueryPlan], mustNot: [QueryPlan], filter: [QueryPlan], minimum: Int
  ) throws(IndexError) -> ConjunctionParts? {
    var terms: [(term: PlannedTerm, weight: Float, role: ConjunctionParts.Role)] = []
    var phrases: [(plan: PlannedPhrase, terms: Range<Int>)] = []
    var others: [(scorer: Scorer, scores: Bool)] = []
    for (plan, scores) in must.map({ ($0, true) }) + filter.map({ ($0, false) }) {
      if let term = plan.asTerm {
        terms.append((term, term.weight, scores ? .scores : .filters))
      } else if scores, let phrase = plan.asPhrase {
        phrases.append((phrase, terms.count..<terms.count + phrase.terms.count))
        for slot in phrase.terms { terms.append((slot.term, phrase.weight, .phrase)) }
      } else {
        others.append((try scorer(plan), scores))
      }
    }
    guard !terms.isEmpty else { return nil }
    let rank = terms.indices.sorted { a, b in
      let x = terms[a].term.infos[place]?.info.documentFrequency ?? 0
      let y = terms[b].term.infos[place]?.info.documentFrequency ?? 0
      return (x, a) < (y, b)
    }
    var parts = ConjunctionParts(required: [])
    for number in rank {
      let (term, weight, role) = terms[number]
      guard let cursor = try scoredCursor(term, weight: weight, isScored: role != .filters) else { return nil }
      parts.required.append((cursor, role))
    }
    var places = [Int](repeating: 0, count: terms.count)
    for (place, number) in rank.enumerated() { places[number] = place }
    for (phrase, range) in phrases {
      let required = range.map { places[$0] }
      parts.phrases.append(try requiredPhrase(phrase, terms: required, parts.required.map(\.cursor)))
    }
    parts.others = others
    var optionalPhrases: [OptionalPhrase] = []
    if minimum > 0 {
      parts.others.append((DisjunctionScorer(try scorers(should), minimum: minimum), true))
    } else {
      for plan in should {
        if let term = plan.asTerm, let cursor = try scoredCursor(term) { parts.optional.append(cursor) }
        if let phrase = plan.asPhrase, let found = try optionalPhrase(phrase) { optionalPhrases.append(found) }
      }
    }
    parts.optionalPhrases = OptionalPhrases(optionalPhrases)
    for plan in mustNot {
      if let term = plan.asTerm {
        if let cursor = try scoredCursor(term, weight: 0, isScored: false) { parts.excluded.append(cursor) }
      } else {
        parts.excludedOthers.append(try scorer(plan))
      }
    }
    return parts
  }

  // MARK: Terms and phrases

  private func scoring(_ field: FieldNumber, weight: Float) throws(IndexError) -> TermScoring {
    unsafe TermScoring(
      weight: weight, factors: searcher.lengthFactors(field).base,
      norms: try segment.norms.codes(of: field)?.baseAddress)
  }

  /// A cursor of a term with its bounds; nil when it is not in the segment.
  private func scoredCursor(_ term: PlannedTerm, weight: Float? = nil, isScored: Bool = true) throws(IndexError)
    -> ScoredCursor?
  {
    guard let found = term.infos[place] else { return nil }
    try context.checkControl()
    let cursor = try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context)
    let scoring = try scoring(term.field, weight: weight ?? term.weight)
    return isScored ? ScoredCursor(cursor: cursor, scoring: scoring) : ScoredCursor(unscored: cursor, scoring)
  }

  private func positions(_ term: PlannedTerm) throws(IndexError) -> PositionsCursor? {
    try term.infos[place].map { (found) throws(IndexError) in
      try context.checkControl()
      return try segment.positionsCursor(found.info, context: context)
    }
  }

  /// The positions of a term of a phrase; nil where its parts have them.
  private func placed(_ term: PlannedTerm, _ place: PhrasePlace?) throws(IndexError)
    -> (cursor: PositionsCursor, place: PhrasePlace)?
  {
    guard let place, let positions = try positions(term) else { return nil }
    return (positions, place)
  }

  private func requiredPhrase(_ phrase: PlannedPhrase, terms: [Int], _ required: [ScoredCursor]) throws(IndexError)
    -> RequiredPhrase
  {
    // Slots in the order of the required terms, rarest first.
    let order = terms.indices.sorted { terms[$0] < terms[$1] }
    var slots: [(positions: PositionsCursor, place: PhrasePlace)] = []
    var readers: [Int] = []
    for number in order {
      let (term, place) = phrase.terms[number]
      guard let place, let positions = try positions(term) else { continue }
      slots.append((positions, place))
      readers.append(terms[number])
    }
    let scoring = try scoring(phrase.terms[0].term.field, weight: phrase.weight)
    let isExact = phrase.slop == 0
    let bound =
      isExact
      ? terms.reduce(Double.infinity) { min($0, required[$1].bound) } : Double(phrase.weight * TermScoring.slack)
    return RequiredPhrase(
      matcher: PhraseMatcher(slots, slop: phrase.slop), readers: readers, terms: terms, scoring: scoring,
      isExact: isExact, bound: bound)
  }

  private func optionalPhrase(_ phrase: PlannedPhrase) throws(IndexError) -> OptionalPhrase? {
    var terms: [(scored: ScoredCursor, positions: (cursor: PositionsCursor, place: PhrasePlace)?)] = []
    for (term, place) in phrase.terms {
      guard let scored = try scoredCursor(term, weight: phrase.weight) else { return nil }
      terms.append((scored, try placed(term, place)))
    }
    return OptionalPhrase(
      terms, slop: phrase.slop, scoring: try scoring(phrase.terms[0].term.field, weight: phrase.weight))
  }

  // MARK: Scorers

  /// Marking the documents of a term that has more takes so long that the time is looked at before.
  private static let frequent = 1 << 12

  /// A scorer for any plan.
  private func scorer(_ plan: QueryPlan) throws(IndexError) -> Scorer {
    switch plan {
    case .none: return EmptyScorer()
    case .all: return AllScorer(documentCount: segment.documentCount)
    case .term(let term):
      guard let found = term.infos[place] else { return EmptyScorer() }
      let cursor = try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context)
      return TermScorer(cursor, try scoring(term.field, weight: term.weight))
    case .combined(let terms, let weight): return try scorer(terms, weight: weight)
    case .phrase(let phrase): return try scorer(phrase)
    case .rescaled(let inner, let factor, let summand):
      return RescaledScorer(try scorer(inner), factor: factor, summand: summand)
    case .selection(let selection): return try scorer(selection)
    case .columnRange(let range): return try scorer(range)
    case .columnBoost(let inner, let boosts): return try scorer(inner, boosts)
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
    if minimum <= 1 {
      let sets = optional.compactMap { $0 as? BitSetScorer }
      if sets.count > 1 { optional = optional.filter { !($0 is BitSetScorer) } + [BitSetUnionScorer(sets)] }
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

  private func scorer(_ terms: [(term: PlannedTerm, weight: Float)], weight: Float) throws(IndexError) -> Scorer {
    var parts: [CombinedScorer.Part] = []
    for (term, frequencyWeight) in terms {
      guard let found = term.infos[place] else { continue }
      parts.append(
        CombinedScorer.Part(
          cursor: try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context),
          scoring: try scoring(term.field, weight: frequencyWeight)))
    }
    return parts.isEmpty ? EmptyScorer() : CombinedScorer(parts, weight: weight)
  }

  private func scorer(_ inner: QueryPlan, _ boosts: [ColumnBoost]) throws(IndexError) -> Scorer {
    let columns = boosts.compactMap { boost in segment.columns?.column(of: boost.field).map { ($0, boost) } }
    let scorer = try scorer(inner)
    return columns.isEmpty ? scorer : ColumnBoostScorer(scorer, columns, context: context)
  }

  private func scorer(_ phrase: PlannedPhrase) throws(IndexError) -> Scorer {
    var terms: [(postings: PostingsCursor, positions: (cursor: PositionsCursor, place: PhrasePlace)?)] = []
    for (term, phrasePlace) in phrase.terms {
      guard let found = term.infos[place] else { return EmptyScorer() }
      let postings = try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context)
      terms.append((postings, try placed(term, phrasePlace)))
    }
    return PhraseScorer(
      terms, slop: phrase.slop, scoring: try scoring(phrase.terms[0].term.field, weight: phrase.weight))
  }

  private func scorer(_ selection: TermSelection) throws(IndexError) -> Scorer {
    guard let space = segment.terms.space(field: selection.field, space: selection.space) else { return EmptyScorer() }
    let documentCount = DocID(segment.documentCount)
    let wordCount = (segment.documentCount + 63) / 64
    // A list may mark whole bit sets beyond the last document.
    var words = [UInt64](repeating: 0, count: wordCount + EvaluationScratch.markSlack)
    var isEmpty = true
    // One cursor's buffers at a time: an expansion may have very many.
    let own = ReadingContext()
    try segment.terms.forEachTerm(of: selection.pattern, in: space, context) { (info) throws(IndexError) in
      isEmpty = false
      scratch.patternPostings -= info.documentFrequency
      guard scratch.patternPostings >= 0 else {
        throw IndexError(.limitExceeded, "the query would cost too much: its patterns match too many frequent words")
      }
      if info.documentFrequency > Self.frequent, context.mustStop() { try context.check() }
      own.recycle()
      var cursor = try segment.postingsCursor(info, hasPositions: space.statistics.hasPositions, context: own)
      cursor.next()
      unsafe words.withUnsafeMutableBufferPointer { words in
        if let base = words.baseAddress { unsafe cursor.mark(from: 0, to: documentCount, base) }
      }
      try own.check()
    }
    words.removeLast(EvaluationScratch.markSlack)
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
      if document & 1023 == 0, context.mustStop() { try context.check() }
      if let bits = try column.bits(document), bounds.contains(bits) {
        words[Int(document >> 6)] |= 1 << UInt64(document & 63)
      }
    }
    return BitSetScorer(words: words)
  }
}
