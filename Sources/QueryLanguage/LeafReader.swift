// The parts of a query without inner structure: words, phrases, patterns, ranges.

/// Reads the leaves of a query: from an offset to a tree and the offset behind it. Keeps no state.
struct LeafReader {
  /// A leaf as read.
  struct Leaf {
    let tree: QueryTree
    let boost: Float?
    let end: Int
  }

  let source: QuerySource
  let fields: Set<String>

  // MARK: Fields

  /// The field that the word at `offset` begins with, and where its value begins; nil when its first colon is text.
  func field(at offset: Int) throws(QueryParseError) -> (name: String, valueStart: Int)? {
    // `*:*` asks for everything, whatever the fields are called.
    guard !fields.isEmpty, source[offset] != UInt8(ascii: "*") || source[offset + 1] != UInt8(ascii: ":") else {
      return nil
    }
    var colon = offset
    while source[colon] != UInt8(ascii: ":") {
      if source.isWordEnd(at: colon) { return nil }
      colon = source.next(after: colon)
    }
    switch (source[colon + 1], source[colon + 2]) {
    case (UInt8(ascii: ":"), _), (UInt8(ascii: "/"), UInt8(ascii: "/")): return nil
    default: break
    }
    let name = source.unescaped(offset..<colon)
    guard fields.contains(name) else { return nil }
    let start = source.skippingBlanks(from: colon + 1)
    guard !source.isGroupEnd(at: start) else {
      throw QueryParseError(
        .missingClause, "nothing to search for follows the field", at: colon + 1..<colon + 1,
        expected: ["a word", "a phrase", "(", "[", "\\:"])
    }
    return (name, start)
  }

  // MARK: Leaves

  /// The leaf at `offset`, where neither white space nor a parenthesis stands.
  ///
  /// - Parameters:
  ///   - mayBeWhole: Whether it begins a clause, so that expressions and ranges can act.
  ///   - afterField: Whether a field stands before it, so that brackets must be a range, and `*` asks for the field.
  func leaf(at offset: Int, mayBeWhole: Bool, afterField: Bool) throws(QueryParseError) -> Leaf {
    if let mark = source.quotationMark(at: offset) { return try phrase(mark, at: offset) }
    if mayBeWhole {
      switch source[offset] {
      case UInt8(ascii: "/"):
        if let leaf = regexp(at: offset) { return leaf }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if let leaf = try RangeReader(source: source).range(at: offset, isRequired: afterField) {
          return withBoost(leaf.tree, end: leaf.end)
        }
      default:
        break
      }
    }
    return try word(at: offset)
  }

  /// The boost at `offset`, right behind a group, a phrase, an expression or a range.
  func boostSuffix(at offset: Int) -> (factor: Float, end: Int)? {
    guard source[offset] == UInt8(ascii: "^") else { return nil }
    var end = offset + 1
    // No number has as many digits as the longest boost; looking no further keeps this O(1).
    while end < offset + 42, !source.isWordEnd(at: end) { end += 1 }
    guard source.isWordEnd(at: end), let factor = source.boost(offset + 1..<end) else { return nil }
    return (factor, end)
  }

  private func withBoost(_ tree: QueryTree, end: Int) -> Leaf {
    let boost = boostSuffix(at: end)
    return Leaf(tree: tree, boost: boost?.factor, end: boost?.end ?? end)
  }

  private func phrase(_ mark: QuotationMark, at start: Int) throws(QueryParseError) -> Leaf {
    let (text, close) = try source.quoted(mark, at: start)
    var slop = 0
    var end = close
    if source[close] == UInt8(ascii: "~") {
      let digitsEnd = source.digitsEnd(from: close + 1)
      let isWhole = source.isWordEnd(at: digitsEnd) || boostSuffix(at: digitsEnd) != nil
      if digitsEnd > close + 1, isWhole {
        guard let number = source.number(close + 1..<digitsEnd) else {
          throw QueryAssembler.tooLarge("slop", at: close + 1..<digitsEnd)
        }
        slop = number
        end = digitsEnd
      }
    }
    return withBoost(QueryTree(.phrase(text, slop: slop), at: start..<end), end: end)
  }

  /// The expression between slashes at `start`; nil when it is no whole clause without white space.
  private func regexp(at start: Int) -> Leaf? {
    var offset = start + 1
    while source[offset] != UInt8(ascii: "/") {
      guard offset < source.count, source.blankLength(at: offset) == 0 else { return nil }
      if source[offset] == UInt8(ascii: "\\") {
        offset += max(1, source.blankLength(at: offset + 1))
      }
      offset += 1
    }
    let end = offset + 1
    let isWhole = source.isGroupEnd(at: end) || source.blankLength(at: end) > 0 || boostSuffix(at: end) != nil
    guard isWhole, offset > start + 1 else { return nil }
    return withBoost(.leaf(regexp: source.text(start + 1..<offset), at: start..<end), end: end)
  }

  private func word(at start: Int) throws(QueryParseError) -> Leaf {
    let marks = WordMarks(of: source, from: start)
    var body = start..<marks.end
    var boost: Float?
    if let caret = marks.lastCaret, caret > start, let factor = source.boost(caret + 1..<marks.end) {
      boost = factor
      body = start..<caret
    }
    return Leaf(tree: try tree(ofWord: body, marks: marks), boost: boost, end: marks.end)
  }

  private func tree(ofWord body: Range<Int>, marks: WordMarks) throws(QueryParseError) -> QueryTree {
    if source.isStars(body) { return QueryTree(.matchAll, at: body) }
    if !marks.isAddress {
      if let pattern = pattern(body, marks: marks) { return .leaf(pattern: pattern, at: body) }
      if let tree = try fuzzy(body, marks: marks) { return tree }
    }
    if source[body.lowerBound] == UInt8(ascii: "\\"),
      let (_, end) = source.operatorSpelling(at: body.lowerBound + 1), end == body.upperBound
    {
      return .leaf(text: source.text(body.lowerBound + 1..<end), at: body)
    }
    return .leaf(text: source.unescaped(body), at: body)
  }

  private func fuzzy(_ body: Range<Int>, marks: WordMarks) throws(QueryParseError) -> QueryTree? {
    guard let tilde = marks.lastTilde, tilde > body.lowerBound, tilde < body.upperBound else { return nil }
    let number = tilde + 1..<body.upperBound
    let text = source.unescaped(body.lowerBound..<tilde)
    if number.isEmpty {
      // U+2E80, where the blocks of Chinese, Japanese and Korean begin: 好的~ is a tone of voice.
      guard let last = text.unicodeScalars.last, last.value < 0x2E80 else { return nil }
      return .leaf(fuzzy: text, maxEdits: QueryLimits.maximumEdits, at: body)
    }
    let isNumber = source.bytes[number].allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == 0x2E }
    guard isNumber, source[number.lowerBound] != UInt8(ascii: ".") || number.count > 1 else { return nil }
    guard number.count == 1, case let edits = Int(source[number.lowerBound]) - 0x30,
      0...QueryLimits.maximumEdits ~= edits
    else {
      throw QueryParseError(
        .invalidEdits, "a word has 0, 1 or 2 edits", at: number, expected: ["0", "1", "2", "\\~"])
    }
    return .leaf(fuzzy: text, maxEdits: edits, at: body)
  }

  /// The pattern that the word spells; nil when it has no acting wildcard.
  private func pattern(_ body: Range<Int>, marks: WordMarks) -> WildcardPattern? {
    guard marks.hasStar || marks.hasQuestionMark else { return nil }
    let anchor = marks.hasQuestionMark ? source.lastWildcardAnchor(in: body) ?? body.lowerBound : body.lowerBound
    var parts: [WildcardPattern.Part] = []
    var literalStart = body.lowerBound
    var offset = body.lowerBound
    while offset < body.upperBound {
      let byte = source[offset]
      if byte == UInt8(ascii: "*") || (byte == UInt8(ascii: "?") && offset < anchor) {
        parts.append(.literal(source.unescaped(literalStart..<offset)))
        parts.append(byte == UInt8(ascii: "*") ? .anyString : .anyCharacter)
        literalStart = offset + 1
      }
      offset = source.next(after: offset)
    }
    guard !parts.isEmpty else { return nil }
    parts.append(.literal(source.unescaped(literalStart..<body.upperBound)))
    return WildcardPattern(parts)
  }
}
