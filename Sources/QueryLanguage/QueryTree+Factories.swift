// The only places where nodes become trees; they keep trees in their one form.

extension QueryTree {
  static func leaf(text: String, at range: Range<Int>?) -> QueryTree {
    // No syntax writes a word of no characters, and the empty phrase finds as little.
    QueryTree(text.isEmpty ? .phrase("", slop: 0) : .text(text), at: range)
  }

  static func leaf(prefix text: String, at range: Range<Int>?) -> QueryTree {
    QueryTree(text.isEmpty ? .matchAll : .prefix(text), at: range)
  }

  static func leaf(pattern: WildcardPattern, at range: Range<Int>?) -> QueryTree {
    switch pattern.parts.count {
    case 0:
      return leaf(text: "", at: range)
    case 1:
      if case .anyString = pattern.parts[0] { return QueryTree(.matchAll, at: range) }
      if case .literal(let text) = pattern.parts[0] { return leaf(fuzzy: text, maxEdits: 0, at: range) }
    case 2:
      if case .literal(let text) = pattern.parts[0], case .anyString = pattern.parts[1] {
        return leaf(prefix: text, at: range)
      }
    default:
      break
    }
    return QueryTree(.wildcard(pattern), at: range)
  }

  static func leaf(fuzzy text: String, maxEdits: Int, at range: Range<Int>?) -> QueryTree {
    text.isEmpty ? leaf(text: "", at: range) : QueryTree(.fuzzy(text, maxEdits: maxEdits), at: range)
  }

  /// `\/` and an escaped blank are the query language's escapes, not the expression's: they are resolved. A backslash
  /// with nothing to escape stands for itself.
  static func leaf(regexp expression: String, at range: Range<Int>?) -> QueryTree {
    guard !expression.isEmpty else { return leaf(text: "", at: range) }
    guard expression.utf8.contains(UInt8(ascii: "\\")) else { return QueryTree(.regexp(expression), at: range) }
    var resolved = String.UnicodeScalarView()
    var escaped = false
    for scalar in expression.unicodeScalars {
      if scalar == "\\", !escaped {
        escaped = true
        continue
      }
      if escaped, scalar != "/", !scalar.properties.isWhitespace { resolved.append("\\") }
      resolved.append(scalar)
      escaped = false
    }
    if escaped { resolved.append(contentsOf: "\\\\".unicodeScalars) }
    return QueryTree(.regexp(String(resolved)), at: range)
  }

  static func combined(_ clauses: [QueryClause], minimumShouldMatch: Int = 0, at range: Range<Int>?) -> QueryTree {
    guard let first = clauses.first else {
      // Nothing to ask for: all documents but all.
      return QueryTree(
        .boolean([QueryClause(.mustNot, QueryTree(.matchAll, at: range))], minimumShouldMatch: 0), at: range)
    }
    var minimum = max(0, minimumShouldMatch)
    if minimum == 1, !clauses.contains(where: { $0.occur == .must }), clauses.contains(where: { $0.occur == .should }) {
      minimum = 0
    }
    if clauses.count == 1, first.occur != .mustNot, minimum == 0 { return first.tree }
    return QueryTree(.boolean(clauses, minimumShouldMatch: minimum), at: range)
  }

  static func within(field: String, _ tree: QueryTree, at range: Range<Int>?) -> QueryTree {
    QueryTree(tree.node == .matchAll ? .exists(field: field) : .fielded(field, tree), at: range)
  }
}
