// A second notation for trees, independent of the printer, so that tests of the parser do not lean on it.

import QueryLanguage

/// Writes a tree as nested calls: `or(text[a], text[b])` for optional clauses, `and(…)` for required ones, and
/// `bool(+text[a], text[b], -text[c])` for a mixture.
enum TreeNotation {
  static func string(_ tree: QueryTree) -> String {
    switch tree.node {
    case .text(let text): "text[\(text)]"
    case .phrase(let text, let slop): slop == 0 ? "phrase[\(text)]" : "phrase[\(text)]~\(slop)"
    case .prefix(let text): "prefix[\(text)]"
    case .wildcard(let pattern): "wildcard" + pattern.parts.map(string).joined()
    case .regexp(let expression): "regexp[\(expression)]"
    case .fuzzy(let text, let edits): "fuzzy[\(text)]~\(edits)"
    case .range(let lower, let upper): "range(\(string(lower)), \(string(upper)))"
    case .exists(let field): "exists(\(field))"
    case .matchAll: "all"
    case .near(let operands, let distance): "near\(distance)(\(operands.map(string).joined(separator: ", ")))"
    case .boolean(let clauses, let minimum): string(clauses) + (minimum == 0 ? "" : "@\(minimum)")
    case .fielded(let field, let tree): "field(\(field), \(string(tree)))"
    case .boosted(let tree, let factor): "boost(\(string(tree)), \(factor))"
    case .constantScore(let tree, let score): "constant(\(string(tree)), \(score))"
    }
  }

  private static func string(_ clauses: [QueryClause]) -> String {
    let occurs = Set(clauses.map(\.occur))
    let name = occurs == [.should] ? "or" : occurs == [.must] ? "and" : "bool"
    let members = clauses.map { clause in
      guard name == "bool" else { return string(clause.tree) }
      let sign =
        switch clause.occur {
        case .must: "+"
        case .should: ""
        case .mustNot: "-"
        }
      return sign + string(clause.tree)
    }
    return "\(name)(\(members.joined(separator: ", ")))"
  }

  private static func string(_ part: WildcardPattern.Part) -> String {
    switch part {
    case .literal(let text): "[\(text)]"
    case .anyCharacter: "?"
    case .anyString: "*"
    }
  }

  private static func string(_ bound: RangeBound) -> String {
    switch bound {
    case .unbounded: "*"
    case .inclusive(let value): "incl[\(value)]"
    case .exclusive(let value): "excl[\(value)]"
    }
  }
}
