// The clauses of a query or a group while it is read, by precedence.

/// The clauses of one group, sorted by the operators between them as they arrive: each level holds what the operators
/// of the next tighter level have completed.
struct ClauseGroup {
  private struct Item {
    var occur: Occur?
    var tree: QueryTree
  }

  /// Where the clause that the group belongs to begins, its sign left out.
  let start: Int

  /// Where its parenthesis stands.
  let open: Int

  /// The field before the parenthesis.
  let field: String?

  /// The sign before the group.
  let modifier: ClauseModifier?

  /// The operator that was read after the last clause.
  var pending: PendingOperator?

  private var sequence: [Item] = []
  private var alternatives: [Item] = []
  private var conjuncts: [Item] = []
  private var current: Item?
  private var neighbours: [QueryTree] = []
  private var distance = 0

  init(start: Int, open: Int, field: String? = nil, modifier: ClauseModifier? = nil) {
    self.start = start
    self.open = open
    self.field = field
    self.modifier = modifier
  }

  /// Whether an operator can follow.
  var isComplete: Bool { current != nil && pending == nil }

  /// Adds the next clause, on the right of the pending operator if there is one.
  mutating func add(_ tree: QueryTree, modifier: ClauseModifier?) throws(QueryParseError) {
    if let pending, case .near(let distance) = pending.word {
      self.pending = nil
      return try join(tree, modifier: modifier, distance: distance ?? 0, at: pending.range)
    }
    switch pending?.word {
    case .and:
      finishNear()
    case .or:
      finishNear()
      finishConjunction()
    default:
      finishClauses()
    }
    pending = nil
    current = Item(occur: modifier?.occur, tree: tree)
  }

  /// The tree of all clauses; nil when there is none.
  mutating func finish(_ defaultOperator: DefaultOperator) -> QueryTree? {
    finishClauses()
    guard let item = Self.join(sequence, occur: defaultOperator == .and ? .must : .should) else { return nil }
    return Self.join([item], occur: .must, keepingOccur: false)?.tree
  }

  // MARK: Levels

  private mutating func join(
    _ tree: QueryTree, modifier: ClauseModifier?, distance: Int, at range: Range<Int>
  ) throws(QueryParseError) {
    guard let left = current else { return }
    guard modifier == nil, tree.node.isNearOperand, left.tree.node.isNearOperand else {
      throw QueryParseError(
        .unsuitableNear, "NEAR joins words, phrases and patterns without signs, fields and boosts", at: range)
    }
    guard neighbours.isEmpty || self.distance == distance else {
      throw QueryParseError(
        .unsuitableNear, "the distances of neighbouring NEARs differ", at: range, expected: ["NEAR/\(self.distance)"])
    }
    if neighbours.isEmpty { neighbours.append(left.tree) }
    neighbours.append(tree)
    self.distance = distance
  }

  /// Ends what operators have joined; the next clause stands beside it.
  private mutating func finishClauses() {
    if let item = current, neighbours.isEmpty, conjuncts.isEmpty, alternatives.isEmpty {
      // A clause that no operator joins, which most are, needs no other list.
      sequence.append(item)
      current = nil
    } else {
      finishNear()
      finishConjunction()
      finishAlternatives()
    }
  }

  private mutating func finishNear() {
    guard var item = current else { return }
    if !neighbours.isEmpty {
      item.tree = QueryTree(
        .near(neighbours, distance: distance), at: Self.range(neighbours[0], neighbours[neighbours.count - 1]))
      neighbours.removeAll()
    }
    conjuncts.append(item)
    current = nil
  }

  private mutating func finishConjunction() {
    if let item = Self.join(conjuncts, occur: .must) { alternatives.append(item) }
    conjuncts.removeAll(keepingCapacity: true)
  }

  private mutating func finishAlternatives() {
    if let item = Self.join(alternatives, occur: .should) { sequence.append(item) }
    alternatives.removeAll(keepingCapacity: true)
  }

  /// The items as one: a single one as it is, with its sign, several as a boolean tree in which those without a sign
  /// are `occur`.
  private static func join(_ items: [Item], occur: Occur, keepingOccur: Bool = true) -> Item? {
    guard let first = items.first, let last = items.last else { return nil }
    if items.count == 1, keepingOccur || first.occur == nil { return first }
    let clauses = items.map { QueryClause($0.occur ?? occur, $0.tree) }
    return Item(occur: nil, tree: QueryTree.combined(clauses, at: range(first.tree, last.tree)))
  }

  private static func range(_ first: QueryTree, _ last: QueryTree) -> Range<Int>? {
    guard let first = first.sourceRange, let last = last.sourceRange else { return nil }
    return first.lowerBound..<last.upperBound
  }
}
