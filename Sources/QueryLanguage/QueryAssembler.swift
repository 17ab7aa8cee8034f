// The parser proper: operators, signs and groups, on an explicit stack.

/// One run of the parser over one query. Groups are kept on a stack of its own, so that no nesting can exhaust the
/// thread's.
struct QueryAssembler {
  private let source: QuerySource
  private let reader: LeafReader
  private let defaultOperator: DefaultOperator
  private var groups: [ClauseGroup]
  private var offset = 0
  private var leaves = 0

  /// The sign or `NOT` before the clause that comes next.
  private var modifier: ClauseModifier?

  init(source: QuerySource, fields: Set<String>, defaultOperator: DefaultOperator) {
    self.source = source
    reader = LeafReader(source: source, fields: fields)
    self.defaultOperator = defaultOperator
    groups = [ClauseGroup(start: 0, open: 0)]
  }

  mutating func assemble() throws(QueryParseError) -> QueryTree? {
    var atGroupStart = true
    while true {
      let start = source.skippingBlanks(from: offset)
      let afterBoundary = atGroupStart || start > offset
      atGroupStart = false
      offset = start
      guard offset < source.count else { break }
      if source[offset] == UInt8(ascii: ")") {
        try closeGroup()
      } else if try readOperator() {
        continue
      } else {
        if afterBoundary { try readSign() }
        atGroupStart = try readClause(atBoundary: afterBoundary)
      }
    }
    guard groups.count == 1 else {
      let open = groups[groups.count - 1].open
      throw QueryParseError(
        .unclosedParenthesis, "the parenthesis is not closed", at: open..<open + 1, expected: [")"])
    }
    return try checked(groups[0].finish(defaultOperator))
  }

  // MARK: Operators and signs

  /// Reads the operator at the offset; false when there is none, or none that can act.
  private mutating func readOperator() throws(QueryParseError) -> Bool {
    guard let (word, end) = source.operatorWord(at: offset) else { return false }
    let range = offset..<end
    let last = groups.count - 1
    if word == .not {
      guard !source.isGroupEnd(at: source.skippingBlanks(from: end)) else { return false }
      try setModifier(.mustNot, at: range)
    } else if groups[last].isComplete, modifier == nil {
      guard !source.isGroupEnd(at: source.skippingBlanks(from: end)) else { return false }
      groups[last].pending = PendingOperator(word: word, range: range)
      if case .near(nil) = word { throw Self.tooLarge("distance", at: range) }
    } else if groups[last].pending != nil || modifier != nil {
      throw QueryParseError(
        .missingClause, "an operator follows another", at: range, expected: ["a word", "a phrase", "("])
    } else {
      return false
    }
    offset = end
    return true
  }

  private mutating func readSign() throws(QueryParseError) {
    let occur: Occur
    switch source[offset] {
    case UInt8(ascii: "+"): occur = .must
    case UInt8(ascii: "-"), UInt8(ascii: "!"): occur = .mustNot
    default: return
    }
    switch source[offset + 1] {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "!"): return
    default: break
    }
    guard source.blankLength(at: offset + 1) == 0, !source.isGroupEnd(at: offset + 1) else { return }
    try setModifier(occur, at: offset..<offset + 1)
    offset += 1
  }

  private mutating func setModifier(_ occur: Occur, at range: Range<Int>) throws(QueryParseError) {
    guard modifier == nil else {
      throw QueryParseError(
        .repeatedModifier, "the clause has a sign or NOT already", at: range, expected: ["a word", "a phrase", "("])
    }
    modifier = ClauseModifier(occur: occur, range: range)
  }

  // MARK: Clauses

  /// Reads a clause or opens a group; true when a group was opened.
  private mutating func readClause(atBoundary: Bool) throws(QueryParseError) -> Bool {
    let start = offset
    let field = atBoundary ? try reader.field(at: offset) : nil
    if let field { offset = field.valueStart }
    if source[offset] == UInt8(ascii: "(") {
      guard groups.count <= QueryLimits.maximumNesting else {
        throw QueryParseError(
          .nestedTooDeeply, "parentheses are nested deeper than \(QueryLimits.maximumNesting) levels",
          at: offset..<offset + 1)
      }
      groups.append(ClauseGroup(start: start, open: offset, field: field?.name, modifier: modifier))
      modifier = nil
      offset += 1
      return true
    }
    leaves += 1
    guard leaves <= QueryLimits.maximumClauses else {
      throw QueryParseError(
        .tooManyClauses, "the query has more than \(QueryLimits.maximumClauses) clauses", at: start..<start)
    }
    let leaf = try reader.leaf(at: offset, mayBeWhole: atBoundary, afterField: field != nil)
    offset = leaf.end
    let range = start..<offset
    var tree = field.map { QueryTree.within(field: $0.name, leaf.tree, at: range) } ?? leaf.tree
    if let boost = leaf.boost { tree = QueryTree(.boosted(tree, boost), at: range) }
    try add(tree, modifier: modifier)
    modifier = nil
    return false
  }

  private mutating func closeGroup() throws(QueryParseError) {
    guard groups.count > 1, var group = groups.popLast() else {
      throw QueryParseError(.unopenedParenthesis, "the parenthesis was not opened", at: offset..<offset + 1)
    }
    offset += 1
    guard var tree = try checked(group.finish(defaultOperator)) else {
      throw QueryParseError(
        .emptyParentheses, "there is nothing between the parentheses", at: group.open..<offset,
        expected: ["a word", "a phrase"])
    }
    let boost = reader.boostSuffix(at: offset)
    if let boost { offset = boost.end }
    if let field = group.field { tree = QueryTree.within(field: field, tree, at: group.start..<offset) }
    if let boost { tree = QueryTree(.boosted(tree, boost.factor), at: group.start..<offset) }
    try add(tree, modifier: group.modifier)
  }

  private mutating func add(_ tree: QueryTree, modifier: ClauseModifier?) throws(QueryParseError) {
    try groups[groups.count - 1].add(tree, modifier: modifier)
  }

  private func checked(_ tree: QueryTree?) throws(QueryParseError) -> QueryTree? {
    guard let tree, tree.depth > QueryLimits.maximumDepth else { return tree }
    throw QueryParseError(
      .nestedTooDeeply, "the query is nested deeper than \(QueryLimits.maximumDepth) levels",
      at: tree.sourceRange ?? 0..<0)
  }

  static func tooLarge(_ what: String, at range: Range<Int>) -> QueryParseError {
    QueryParseError(
      .numberTooLarge, "the \(what) is greater than \(QueryLimits.maximumDistance)", at: range)
  }
}
