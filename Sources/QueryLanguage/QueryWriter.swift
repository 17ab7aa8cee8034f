// The printer proper.

/// Writes one tree. Everything that could act in the place where it stands is escaped; no more, where that is cheap to
/// know.
struct QueryWriter {
  private(set) var output = ""

  /// Whether all that was written has a syntax.
  private(set) var isComplete = true

  /// How a piece of text is to be read again.
  private enum Context {
    /// As a run of text.
    case text
    /// As part of a pattern, or before `~`.
    case pattern
  }

  mutating func write(_ tree: QueryTree) {
    switch tree.node {
    case .near(let operands, let distance):
      writeJoined(operands, separator: " NEAR/\(distance) ") { $0.write($1) }
    case .boolean(let clauses, let minimum):
      if minimum > 0 {
        isComplete = false
        output += "atLeast(\(minimum), "
      }
      // Side by side would depend on the default operator, OR does not.
      let separator = clauses.contains { $0.occur == .should } ? " OR " : " "
      writeJoined(clauses, separator: separator) { $0.write($1) }
      if minimum > 0 { output += ")" }
    case .fielded(let field, let tree):
      writeFieldName(field)
      if tree.node.isLeaf { write(tree) } else { writeGroup(tree) }
    case .boosted(let tree, let factor):
      if tree.node.isLeaf || tree.node.isFielded { write(tree) } else { writeGroup(tree) }
      output += "^\(Self.text(of: factor))"
    case .constantScore(let tree, let score):
      isComplete = false
      output += "constantScore("
      write(tree)
      output += ", \(Self.text(of: score)))"
    default:
      writeLeaf(tree.node)
    }
  }

  private mutating func write(_ clause: QueryClause) {
    switch clause.occur {
    case .must: output += "+"
    case .mustNot: output += "-"
    case .should: break
    }
    switch clause.tree.node {
    case .near, .boolean: writeGroup(clause.tree)
    default: write(clause.tree)
    }
  }

  private mutating func writeGroup(_ tree: QueryTree) {
    output += "("
    write(tree)
    output += ")"
  }

  private mutating func writeJoined<Element>(
    _ elements: [Element], separator: String, _ writeElement: (inout QueryWriter, Element) -> Void
  ) {
    for (index, element) in elements.enumerated() {
      if index > 0 { output += separator }
      writeElement(&self, element)
    }
  }

  // MARK: Leaves

  private mutating func writeLeaf(_ node: QueryNode) {
    switch node {
    case .text(let text):
      writeEscaped(text, as: .text)
    case .phrase(let text, let slop):
      writeQuoted(text)
      if slop > 0 { output += "~\(slop)" }
    case .prefix(let text):
      writeEscaped(text, as: .pattern)
      output += "*"
    case .wildcard(let pattern):
      writePattern(pattern)
    case .regexp(let expression):
      writeExpression(expression)
    case .fuzzy(let text, let maxEdits):
      writeEscaped(text, as: .pattern)
      output += "~\(maxEdits)"
    case .range(let lower, let upper):
      writeRange(lower, upper)
    case .exists(let field):
      writeFieldName(field)
      output += "*"
    default:
      output += "*:*"
    }
  }

  private mutating func writePattern(_ pattern: WildcardPattern) {
    let start = output.utf8.count
    var mark: Int?
    for part in pattern.parts {
      switch part {
      case .literal(let text): writeEscaped(text, as: .pattern, atStart: output.utf8.count == start)
      case .anyString: output += "*"
      case .anyCharacter:
        mark = output.utf8.count
        output += "?"
      }
    }
    guard let mark else { return }
    let source = QuerySource(String(output.utf8.dropFirst(start)) ?? "")
    let anchor = source.lastWildcardAnchor(in: 0..<source.count) ?? -1
    if mark - start > anchor { isComplete = false }
  }

  private mutating func writeRange(_ lower: RangeBound, _ upper: RangeBound) {
    if case .exclusive = lower { output += "{" } else { output += "[" }
    writeBound(lower)
    output += " TO "
    writeBound(upper)
    if case .exclusive = upper { output += "}" } else { output += "]" }
  }

  private mutating func writeBound(_ bound: RangeBound) {
    switch bound {
    case .unbounded:
      output += "*"
    case .inclusive(let value), .exclusive(let value):
      let isPlain = value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "-")...UInt8(ascii: ":"): true
        default: false
        }
      }
      if isPlain, !value.isEmpty, value != "TO" { output += value } else { writeQuoted(value) }
    }
  }

  private mutating func writeExpression(_ expression: String) {
    output += "/"
    var escaped = false
    for scalar in expression.unicodeScalars {
      if !escaped, scalar == "/" || scalar.properties.isWhitespace { output += "\\" }
      output.unicodeScalars.append(scalar)
      escaped = !escaped && scalar == "\\"
    }
    output += "/"
  }

  private mutating func writeFieldName(_ name: String) {
    writeEscaped(name, as: .pattern)
    output += ":"
  }

  // MARK: Escapes

  private mutating func writeQuoted(_ text: String) {
    output += "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
    output += "\""
  }

  /// Writes text that stands outside quotes.
  private mutating func writeEscaped(_ text: String, as context: Context, atStart: Bool = true) {
    let source = QuerySource(text)
    if context == .text, let (_, end) = source.operatorWord(at: 0), end == source.count {
      output += "\\\(text)"
      return
    }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(source.count + 8)
    var hasPlainColon = false
    for offset in 0..<source.count {
      let byte = source[offset]
      let acts: Bool
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "~"), UInt8(ascii: "^"):
        acts = true
      case UInt8(ascii: ":"):
        // Only the first colon without an escape can follow a field; one at the start could keep a field from acting.
        let next = source[offset + 1]
        let isPartOfAddress = next == UInt8(ascii: "/") && source[offset + 2] == UInt8(ascii: "/")
        acts =
          context == .pattern || (atStart && offset == 0)
          || (!hasPlainColon && next != UInt8(ascii: ":") && !isPartOfAddress)
        hasPlainColon = hasPlainColon || !acts
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "/"), UInt8(ascii: "["),
        UInt8(ascii: "{"):
        acts = atStart && offset == 0
      default:
        acts = source.isWordEnd(at: offset)
      }
      if acts { escaped.append(UInt8(ascii: "\\")) }
      escaped.append(byte)
    }
    output += String(decoding: escaped, as: UTF8.self)
  }

  // MARK: Numbers

  private static func text(of number: Float) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension QueryNode {
  /// Whether the language writes it without an operator, a field or a boost.
  fileprivate var isLeaf: Bool {
    switch self {
    case .text, .phrase, .prefix, .wildcard, .regexp, .fuzzy, .range, .matchAll: true
    default: false
    }
  }

  /// Whether the language writes it behind a field.
  fileprivate var isFielded: Bool {
    switch self {
    case .exists, .fielded: true
    default: false
    }
  }
}
