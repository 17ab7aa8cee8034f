// A query with its terms looked up.

internal import Storage

/// What a query is evaluated from: the terms' places in every segment and their weights over all segments.
indirect enum QueryPlan: Sendable {
  case all
  case none
  case term(PlannedTerm)
  /// Terms with the weights of their frequencies, scored as one; the weight is that of the whole.
  case combined([(term: PlannedTerm, weight: Float)], weight: Float)
  case phrase(PlannedPhrase)
  case boolean(must: [QueryPlan], should: [QueryPlan], mustNot: [QueryPlan], filter: [QueryPlan], minimum: Int)
  case rescaled(QueryPlan, factor: Double, summand: Double)
  case selection(TermSelection)
  case columnRange(ColumnRange)
  case columnBoost(QueryPlan, [ColumnBoost])
}

/// A term in every segment.
struct PlannedTerm: Sendable {
  let field: FieldNumber
  /// For each segment what its dictionary says, or nil.
  let infos: [(info: TermInfo, hasPositions: Bool)?]
  /// idf times boost.
  let weight: Float
  /// Documents with the term, in all segments.
  let documentFrequency: Int
}

/// A phrase in every segment.
struct PlannedPhrase: Sendable {
  /// All terms that a document needs. Those without a place only say that it has them: their parts have the places.
  let terms: [(term: PlannedTerm, place: PhrasePlace?)]
  let slotCount: Int
  let slop: UInt32
  /// The sum of the terms' idf, times boost.
  let weight: Float
}

/// Looks up the terms of a query and simplifies it.
struct QueryPlanner {
  private let searcher: Searcher

  init(_ searcher: Searcher) { self.searcher = searcher }

  /// - Throws: `corrupt` when a dictionary is damaged; `invalidArgument` for a phrase over terms without positions or of
  /// several fields.
  func plan(_ query: Query, boost: Float = 1) throws(IndexError) -> QueryPlan {
    switch query {
    case .all: return boost == 1 ? .all : .rescaled(.all, factor: Double(boost), summand: 0)
    case .none: return .none
    case .term(let term):
      let planned = try look(up: term, boost: boost)
      return planned.documentFrequency == 0 ? .none : .term(planned)
    case .discounted(let term, let discount):
      let planned = try look(up: term, boost: boost, discount: discount)
      return planned.documentFrequency == 0 ? .none : .term(planned)
    case .combined(let combined): return try plan(combined, boost: boost)
    case .phrase(let phrase): return try plan(phrase, boost: boost)
    case .boolean(let boolean): return try plan(boolean, boost: boost)
    case .boost(let inner, let factor): return try plan(inner, boost: boost * factor)
    case .constant(let inner, let score):
      // Terms and phrases that score nothing stay terms and phrases, which have the faster ways.
      if score * boost == 0, inner.isLeaf { return try plan(inner, boost: 0) }
      let plan = try plan(inner)
      if case .none = plan { return .none }
      return .rescaled(plan, factor: 0, summand: Double(score * boost))
    case .selection(let selection):
      return boost == 1 ? .selection(selection) : .rescaled(.selection(selection), factor: Double(boost), summand: 0)
    case .columnRange(let range):
      return boost == 1 ? .columnRange(range) : .rescaled(.columnRange(range), factor: Double(boost), summand: 0)
    case .columnBoost(let boosted):
      let plan = try plan(boosted.query, boost: boost)
      return plan.isNone || boosted.boosts.isEmpty ? plan : .columnBoost(plan, boosted.boosts)
    }
  }

  private func look(up term: Term, boost: Float, discount: Float = 0) throws(IndexError) -> PlannedTerm {
    var infos: [(info: TermInfo, hasPositions: Bool)?] = []
    infos.reserveCapacity(searcher.reader.segments.count)
    var documents = 0
    for segment in searcher.reader.segments {
      let found = try segment.lookup(term)
      documents += found?.info.documentFrequency ?? 0
      infos.append(found)
    }
    let idf = BM25.idf(documentFrequency: documents, documentCount: searcher.documentCount)
    let weight = boost * (discount == 0 ? idf : max(0, idf - discount))
    return PlannedTerm(field: term.field, infos: infos, weight: weight, documentFrequency: documents)
  }

  private func plan(_ combined: CombinedQuery, boost: Float) throws(IndexError) -> QueryPlan {
    var terms: [(term: PlannedTerm, weight: Float)] = []
    for part in combined.parts where part.weight > 0 {
      let planned = try look(up: part.term, boost: boost)
      if planned.documentFrequency > 0 { terms.append((planned, part.weight)) }
    }
    // The most frequent term has the lowest idf.
    guard let frequent = terms.max(by: { $0.term.documentFrequency < $1.term.documentFrequency }) else { return .none }
    if terms.count == 1, frequent.weight == 1 { return .term(frequent.term) }
    return .combined(terms, weight: frequent.term.weight)
  }

  private func plan(_ phrase: PhraseQuery, boost: Float) throws(IndexError) -> QueryPlan {
    if phrase.slots.isEmpty { return .none }
    if phrase.slots.count == 1 { return try plan(.term(phrase.slots[0].term), boost: boost) }
    let first = phrase.slots.reduce(UInt32.max) { min($0, $1.position) }
    var terms: [(term: PlannedTerm, place: PhrasePlace?)] = []
    let slotTerms = phrase.slots.map(\.term)
    let numbers = slotTerms.hasRepetitions ? slotTerms.firstPlaces : Array(slotTerms.indices)
    var weight: Float = 0
    guard phrase.slots.allSatisfy({ $0.term.field == phrase.slots[0].term.field }) else {
      throw IndexError(.invalidArgument, "the terms of a phrase are of one field")
    }
    var planned: [PlannedTerm] = []
    var parts: [Term: PlannedTerm] = [:]
    var seen: Set<PhraseQuery.Slot.Part> = []
    for slot in phrase.slots {
      if slot.parts.isEmpty { try checkPositions(slot.term) }
      for part in slot.parts { try checkPositions(part.term) }
    }
    for (slot, (query, number)) in zip(phrase.slots, numbers).enumerated() {
      let term = number < slot ? planned[number] : try look(up: query.term, boost: boost)
      if term.documentFrequency == 0 { return .none }
      planned.append(term)
      weight += term.weight
      let offset = query.position - first
      if query.parts.isEmpty {
        terms.append((term, PhrasePlace(offset: offset, term: number, slot: slot)))
        continue
      }
      if number == slot { terms.append((term, nil)) }
      for part in query.parts {
        guard part.term.field == query.term.field else {
          throw IndexError(.invalidArgument, "the parts of a phrase's term are of its field")
        }
        let found = if let known = parts[part.term] { known } else { try look(up: part.term, boost: boost) }
        if found.documentFrequency == 0 { return .none }
        parts[part.term] = found
        let (place, overflow) = offset.addingReportingOverflow(part.distance)
        if overflow { throw IndexError(.invalidArgument, "a phrase is too long") }
        // Without slop it doesn't matter whose part a term is, and overlapping terms share theirs.
        guard seen.insert(PhraseQuery.Slot.Part(part.term, at: place)).inserted || phrase.slop > 0 else { continue }
        terms.append((found, PhrasePlace(offset: place, term: number, slot: slot)))
      }
    }
    return .phrase(PlannedPhrase(terms: terms, slotCount: phrase.slots.count, slop: phrase.slop, weight: weight))
  }

  private func checkPositions(_ term: Term) throws(IndexError) {
    guard searcher.reader.schema.field(term.field)?.hasPositions(term.space) == true else {
      throw IndexError(.invalidArgument, "a phrase needs terms that keep positions")
    }
  }

  private func plan(_ boolean: BooleanQuery, boost: Float) throws(IndexError) -> QueryPlan {
    // What is asked for several times is evaluated once.
    var must = try boolean.must.joined.map { (query) throws(IndexError) in try plan(query, boost: boost) }
    let filter = try boolean.filter.withoutRepetitions.map { (query) throws(IndexError) in try plan(query) }
    if (must + filter).contains(where: \.isNone) { return .none }
    var minimum = max(0, boolean.minimumShouldMatch)
    if must.isEmpty, filter.isEmpty, !boolean.should.isEmpty { minimum = max(1, minimum) }
    var should = try (minimum <= 1 ? boolean.should.joined : boolean.should).map { (query) throws(IndexError) in
      try plan(query, boost: boost)
    }
    should.removeAll(where: \.isNone)
    if should.count < minimum { return .none }
    let mustNot = try boolean.mustNot.withoutRepetitions.map { (query) throws(IndexError) in try plan(query) }.filter {
      !$0.isNone
    }
    if must.isEmpty, filter.isEmpty, should.isEmpty {
      // Only exclusions, or nothing at all: nothing is asked for.
      return .none
    }
    if minimum > 0, minimum == should.count {
      must += should
      should = []
      minimum = 0
    }
    // What only scores, and scores nothing.
    if minimum == 0 { should.removeAll { $0.asTerm?.weight == 0 } }
    if mustNot.isEmpty, filter.isEmpty {
      if must.count == 1, should.isEmpty { return must[0] }
      // A disjunction of disjunctions is one, and so is a conjunction of conjunctions.
      if must.isEmpty, minimum <= 1 { should = should.flatMap(\.disjuncts) }
    }
    must = must.flatMap(\.conjuncts)
    return .boolean(must: must, should: should, mustNot: mustNot, filter: filter, minimum: minimum)
  }
}

extension QueryPlan {
  var isNone: Bool { if case .none = self { true } else { false } }

  /// The parts of a plain disjunction, or the plan alone.
  fileprivate var disjuncts: [QueryPlan] {
    if case .boolean(let must, let should, let mustNot, let filter, let minimum) = self, must.isEmpty, mustNot.isEmpty,
      filter.isEmpty, minimum <= 1
    {
      return should
    }
    return [self]
  }

  /// The parts of a plain conjunction, or the plan alone.
  fileprivate var conjuncts: [QueryPlan] {
    if case .boolean(let must, let should, let mustNot, let filter, _) = self, should.isEmpty, mustNot.isEmpty,
      filter.isEmpty
    {
      return must
    }
    return [self]
  }

  /// The term, if the plan is one.
  var asTerm: PlannedTerm? { if case .term(let term) = self { term } else { nil } }

  /// The phrase, if the plan is one.
  var asPhrase: PlannedPhrase? { if case .phrase(let phrase) = self { phrase } else { nil } }

  /// Whether the plan is a term or a phrase.
  var isTermOrPhrase: Bool { asTerm != nil || asPhrase != nil }

  /// The parts, if the plan is nothing but a disjunction of terms and phrases.
  var asDisjunction: [QueryPlan]? {
    guard case .boolean(let must, let should, let mustNot, let filter, let minimum) = self, must.isEmpty,
      mustNot.isEmpty, filter.isEmpty, minimum <= 1, should.allSatisfy(\.isTermOrPhrase)
    else { return nil }
    return should
  }

  /// Whether a part would lower a score, so that bounds of scores do not hold.
  var hasNegativeWeight: Bool {
    switch self {
    case .term(let term): term.weight < 0
    case .phrase(let phrase): phrase.weight < 0
    case .rescaled(let inner, let factor, let summand): factor < 0 || summand < 0 || inner.hasNegativeWeight
    case .boolean(let must, let should, _, _, _): (must + should).contains(where: \.hasNegativeWeight)
    case .combined(_, let weight): weight < 0
    case .columnBoost(let inner, let boosts): inner.hasNegativeWeight || boosts.contains { $0.weight < 0 }
    case .all, .none, .selection, .columnRange: false
    }
  }

  /// The same documents, without what only adds to their scores.
  var withoutOptionalParts: QueryPlan {
    guard case .boolean(let must, let should, let mustNot, let filter, let minimum) = self,
      minimum == 0, !must.isEmpty || !filter.isEmpty
    else { return self }
    if must.count == 1, mustNot.isEmpty, filter.isEmpty { return must[0].withoutOptionalParts }
    return should.isEmpty ? self : .boolean(must: must, should: [], mustNot: mustNot, filter: filter, minimum: 0)
  }
}

extension Array where Element: Hashable {
  /// Whether some elements are equal.
  fileprivate var hasRepetitions: Bool {
    // Hashing a few costs more than comparing them.
    if count > 8 { return Set(self).count < count }
    for place in indices.dropFirst() {
      for earlier in 0..<place where self[earlier] == self[place] { return true }
    }
    return false
  }

  /// For each element the place of the first that is equal.
  fileprivate var firstPlaces: [Int] {
    var places: [Element: Int] = [:]
    return indices.map { place in
      if let first = places[self[place]] { return first }
      places[self[place]] = place
      return place
    }
  }
}

extension [Query] {
  /// The same queries with each once, weighted by how often it comes.
  fileprivate var joined: [Query] {
    guard hasRepetitions else { return self }
    var counts = [Float](repeating: 0, count: count)
    for place in firstPlaces { counts[place] += 1 }
    return zip(self, counts).compactMap { query, count in
      count == 0 ? nil : count == 1 ? query : .boost(query, count)
    }
  }

  /// Each query once.
  fileprivate var withoutRepetitions: [Query] {
    guard hasRepetitions else { return self }
    return zip(firstPlaces, indices).compactMap { $0 == $1 ? self[$1] : nil }
  }
}

extension Query {
  fileprivate var isLeaf: Bool {
    switch self {
    case .term, .discounted, .phrase: true
    default: false
    }
  }
}
