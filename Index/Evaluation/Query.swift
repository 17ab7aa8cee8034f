// The operators that the index evaluates.

/// A query over terms, as the planner above lowers it. It knows nothing of text, languages or syntax.
public indirect enum Query: Sendable, Hashable {
  /// Every document, with score 1.
  case all
  /// No document.
  case none
  /// Documents with a term, scored by BM25.
  case term(Term)
  /// Documents with a term, scored by BM25 with an idf that is lowered by a number, to 0 at the least: what is frequent
  /// scores nothing, and only adding to scores it costs nothing then.
  case discounted(Term, Float)
  /// Documents with any of several terms, scored as one by BM25F.
  case combined(CombinedQuery)
  /// Documents with terms at given distances.
  case phrase(PhraseQuery)
  /// Combinations.
  case boolean(BooleanQuery)
  /// The same documents with scores multiplied.
  case boost(Query, Float)
  /// The same documents, all with one score.
  case constant(Query, Float)
  /// Documents with any of the terms that a pattern selects, all with score 1.
  case selection(TermSelection)
  /// Documents with a value in a range of a column, bounds included, all with score 1.
  case columnRange(ColumnRange)
  /// The same documents with scores raised by numbers of theirs.
  case columnBoost(ColumnBoostQuery)
}

/// Terms in order, each at its distance from the start of the phrase. Without slop a phrase counts no more often in a
/// document than any of its terms.
public struct PhraseQuery: Sendable, Hashable {
  /// One term of a phrase.
  public struct Slot: Sendable, Hashable {
    /// A term that is at a fixed distance from the slot's wherever that stands.
    public struct Part: Sendable, Hashable {
      /// The term; its space keeps positions.
      public var term: Term
      /// How many positions behind the slot's term it stands.
      public var distance: UInt32

      /// Makes a part.
      public init(_ term: Term, at distance: UInt32) {
        self.term = term
        self.distance = distance
      }
    }

    /// The term; its space keeps positions, or there are `parts`.
    public var term: Term
    /// Its position relative to the others'.
    public var position: UInt32
    /// For a term that keeps no positions: it counts as standing, in the documents that have it, wherever all of these
    /// stand together (the two characters of a bigram).
    public var parts: [Part]

    /// Makes a slot.
    public init(_ term: Term, at position: UInt32, parts: [Part] = []) {
      self.term = term
      self.position = position
      self.parts = parts
    }
  }

  /// The terms. A phrase of no terms matches nothing.
  public var slots: [Slot]
  /// By how many positions in all the terms may be moved from their places.
  public var slop: UInt32

  /// Makes a phrase.
  public init(_ slots: [Slot], slop: UInt32 = 0) {
    self.slots = slots
    self.slop = slop
  }
}

/// A combination of queries.
///
/// A document matches when it matches all of `must` and `filter`, none of `mustNot`, and at least
/// `minimumShouldMatch` of `should`. Its score is the sum of the scores of the matching `must` and `should`.
public struct BooleanQuery: Sendable, Hashable {
  /// All of these match and score.
  public var must: [Query]
  /// These score where they match.
  public var should: [Query]
  /// None of these matches.
  public var mustNot: [Query]
  /// All of these match; they do not score.
  public var filter: [Query]
  /// How many of `should` match. Without `must` and `filter` at least one does.
  public var minimumShouldMatch: Int

  /// Makes a combination.
  public init(
    must: [Query] = [], should: [Query] = [], mustNot: [Query] = [], filter: [Query] = [], minimumShouldMatch: Int = 0
  ) {
    self.must = must
    self.should = should
    self.mustNot = mustNot
    self.filter = filter
    self.minimumShouldMatch = minimumShouldMatch
  }
}

/// Terms of one field and space that a pattern selects.
public struct TermSelection: Sendable, Hashable {
  /// Which terms.
  public enum Pattern: Sendable, Hashable {
    /// Those that begin with these bytes.
    case prefix([UInt8])
    /// Those between two bounds; nil is no bound.
    case range(lower: [UInt8]?, includesLower: Bool, upper: [UInt8]?, includesUpper: Bool)
    /// Those that an automaton accepts.
    case automaton(any TermAutomaton)

    /// Automata are equal when their descriptions are, byte for byte: as texts, different ones can be equal by canonical
    /// equivalence.
    public static func == (a: Pattern, b: Pattern) -> Bool {
      switch (a, b) {
      case (.prefix(let x), .prefix(let y)): x == y
      case (.range(let a1, let a2, let a3, let a4), .range(let b1, let b2, let b3, let b4)):
        a1 == b1 && a2 == b2 && a3 == b3 && a4 == b4
      case (.automaton(let x), .automaton(let y)): x.description.utf8.elementsEqual(y.description.utf8)
      default: false
      }
    }

    /// Agrees with `==`.
    public func hash(into hasher: inout Hasher) {
      switch self {
      case .prefix(let bytes): hasher.combine(bytes)
      case .range(let lower, _, let upper, _):
        hasher.combine(lower)
        hasher.combine(upper)
      case .automaton(let automaton): hasher.combine(Array(automaton.description.utf8))
      }
    }
  }

  /// The field.
  public var field: FieldNumber
  /// The kind of term.
  public var space: TermSpace
  /// Which terms.
  public var pattern: Pattern

  /// Makes a selection.
  public init(field: FieldNumber, space: TermSpace, pattern: Pattern) {
    self.field = field
    self.space = space
    self.pattern = pattern
  }
}

/// A range of a numeric column, bounds included.
public struct ColumnRange: Sendable, Hashable {
  /// The bounds, in the type of the column.
  public enum Bounds: Sendable, Hashable {
    /// Whole numbers.
    case integers(ClosedRange<Int64>)
    /// Reals.
    case reals(ClosedRange<Double>)
  }

  /// The field.
  public var field: FieldNumber
  /// The bounds.
  public var bounds: Bounds

  /// Makes a range.
  public init(field: FieldNumber, bounds: Bounds) {
    self.field = field
    self.bounds = bounds
  }
}

extension Query {
  /// Those of the documents that match all of some other queries as well, with the same scores. What only adds to the
  /// scores of the other queries is left out; they are evaluated as required parts, with all pruning.
  public func filtered(by filters: [Query]) -> Query {
    if filters.isEmpty { return self }
    let filters = filters.map(\.withoutOptionalParts)
    guard case .boolean(var boolean) = self, !(boolean.must + boolean.filter + boolean.should).isEmpty else {
      return .boolean(BooleanQuery(must: [self], filter: filters))
    }
    // What has a required part no longer needs any of the optional ones.
    if boolean.must.isEmpty, boolean.filter.isEmpty { boolean.minimumShouldMatch = max(1, boolean.minimumShouldMatch) }
    boolean.filter += filters
    return .boolean(boolean)
  }

  /// A query with the same documents, without what only adds to their scores.
  var withoutOptionalParts: Query {
    switch self {
    case .boost(let inner, _), .constant(let inner, _): return inner.withoutOptionalParts
    case .boolean(var boolean)
    where boolean.minimumShouldMatch <= 0 && !(boolean.must.isEmpty && boolean.filter.isEmpty):
      boolean.should = []
      return .boolean(boolean)
    default: return self
    }
  }
}
