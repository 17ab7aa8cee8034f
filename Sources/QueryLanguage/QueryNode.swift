// The kinds of query there are.

/// What a ``QueryTree`` asks for.
///
/// Text is held without quotes and escapes, as typed otherwise: analysis is the planner's. A leaf without a
/// ``fielded(_:_:)`` above it asks for the default fields; the innermost field holds.
public indirect enum QueryNode: Sendable, Equatable {
  /// A run of plain text between white space. It may hold several words (`read_file`, 香港科學園) or none (`…`); a leaf
  /// without a word takes no part in the query.
  case text(String)

  /// Quoted text: its words side by side in this order, or no further apart than `slop` moves of a word by a position.
  case phrase(String, slop: Int)

  /// Words that begin with the text; compared with folded, unstemmed forms.
  case prefix(String)

  /// Words of the form of the pattern; compared with folded, unstemmed forms.
  case wildcard(WildcardPattern)

  /// Words that the regular expression matches from end to end; compared with folded, unstemmed forms. The expression
  /// stands as it was written between the slashes, not checked here.
  case regexp(String)

  /// Words at most `maxEdits` (0 to 2) insertions, deletions, substitutions or swaps of neighbours away from the text;
  /// compared with folded, unstemmed forms.
  case fuzzy(String, maxEdits: Int)

  /// Values between two bounds.
  case range(lower: RangeBound, upper: RangeBound)

  /// Documents with anything in the field.
  case exists(field: String)

  /// All documents.
  case matchAll

  /// The operands in any order, neighbours in the text at most `distance` positions apart. Two operands or more, each
  /// ``text(_:)``, ``phrase(_:slop:)``, ``prefix(_:)``, ``wildcard(_:)``, ``regexp(_:)`` or ``fuzzy(_:maxEdits:)``.
  case near([QueryTree], distance: Int)

  /// Clauses that are required, optional or prohibited; at least one.
  ///
  /// With no ``Occur/must`` clause at least one of the ``Occur/should`` clauses has to match. With nothing but
  /// ``Occur/mustNot`` clauses, all documents that none of them matches are asked for. A `minimumShouldMatch` above 0
  /// is how many of the `should` clauses have to match; it has no syntax.
  case boolean([QueryClause], minimumShouldMatch: Int)

  /// The query within one field.
  case fielded(String, QueryTree)

  /// The query with its score multiplied by a finite factor of 0 or more.
  case boosted(QueryTree, Float)

  /// The documents of the query, each with the same finite score of 0 or more. It has no syntax.
  case constantScore(QueryTree, Float)

  /// Whether `NEAR/n` can take it as an operand.
  var isNearOperand: Bool {
    switch self {
    case .text, .phrase, .prefix, .wildcard, .regexp, .fuzzy: true
    default: false
    }
  }
}
