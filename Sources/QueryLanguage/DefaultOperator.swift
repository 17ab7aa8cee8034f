// The operator between clauses that stand side by side.

/// The operator that is understood between two clauses with nothing but white space between them.
public enum DefaultOperator: String, Sendable, CaseIterable {
  /// At least one clause has to match; each that does adds to the score.
  case or

  /// All clauses have to match.
  case and
}
