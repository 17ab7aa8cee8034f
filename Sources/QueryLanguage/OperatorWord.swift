// The operators that are written as words.

/// An operator that stands between clauses or, `not`, before one.
enum OperatorWord: Equatable {
  case and, or, not

  /// `NEAR/n`; nil when `n` exceeds its limit.
  case near(Int?)
}
