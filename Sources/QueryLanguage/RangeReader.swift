// Ranges: `[a TO b]` and its kin.

/// Reads ranges.
struct RangeReader {
  let source: QuerySource

  /// The range whose bracket stands at `start`, and where it ends.
  ///
  /// - Parameter isRequired: Whether brackets without `TO` are an error rather than text.
  func range(at start: Int, isRequired: Bool) throws(QueryParseError) -> (tree: QueryTree, end: Int)? {
    let includesLower = source[start] == UInt8(ascii: "[")
    guard let lower = try bound(at: start + 1, isUpper: false, isRequired: isRequired) else { return nil }
    let word = source.skippingBlanks(from: lower.end)
    let afterWord = source.skippingBlanks(from: word + 2)
    guard word > lower.end, source[word] == UInt8(ascii: "T"), source[word + 1] == UInt8(ascii: "O"),
      afterWord > word + 2
    else {
      guard isRequired else { return nil }
      throw malformed("the range has no TO", at: word..<word, expected: ["TO"])
    }
    guard let upper = try bound(at: afterWord, isUpper: true, isRequired: true) else { return nil }
    let bracket = source.skippingBlanks(from: upper.end)
    let includesUpper = source[bracket] == UInt8(ascii: "]")
    guard includesUpper || source[bracket] == UInt8(ascii: "}") else {
      throw malformed("the range is not closed", at: bracket..<bracket, expected: ["]", "}"])
    }
    let node = QueryNode.range(
      lower: Self.bound(lower.value, isInclusive: includesLower),
      upper: Self.bound(upper.value, isInclusive: includesUpper))
    return (QueryTree(node, at: start..<bracket + 1), bracket + 1)
  }

  private static func bound(_ value: String?, isInclusive: Bool) -> RangeBound {
    guard let value else { return .unbounded }
    return isInclusive ? .inclusive(value) : .exclusive(value)
  }

  /// The bound at `offset` or behind the white space there; its value is nil for an unquoted `*`.
  private func bound(
    at offset: Int, isUpper: Bool, isRequired: Bool
  ) throws(QueryParseError) -> (value: String?, end: Int)? {
    let start = source.skippingBlanks(from: offset)
    if let mark = source.quotationMark(at: start), mark.closer != nil {
      guard isRequired else { return source.closing(mark, at: start).map { (source.unescaped($0.inner), $0.end) } }
      let (value, end) = try source.quoted(mark, at: start)
      return (value, end)
    }
    var end = start
    while !source.isWordEnd(at: end) {
      if isUpper, source[end] == UInt8(ascii: "]") || source[end] == UInt8(ascii: "}") { break }
      end = source.next(after: end)
    }
    guard end > start else {
      guard isRequired else { return nil }
      throw malformed("the range lacks a bound", at: start..<start, expected: ["a word", "a phrase", "*"])
    }
    let isOpen = end == start + 1 && source[start] == UInt8(ascii: "*")
    return (isOpen ? nil : source.unescaped(start..<end), end)
  }

  private func malformed(_ message: String, at range: Range<Int>, expected: [String]) -> QueryParseError {
    QueryParseError(.malformedRange, message, at: range, expected: expected)
  }
}
