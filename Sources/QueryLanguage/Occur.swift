// How a clause takes part in a boolean query.

/// How a clause takes part in a boolean query.
public enum Occur: Sendable, Hashable, CaseIterable {
  /// The clause has to match and adds to the score.
  case must

  /// The clause adds to the score. One of these clauses has to match when no clause is ``must``.
  case should

  /// No document that matches the clause is in the result.
  case mustNot
}
