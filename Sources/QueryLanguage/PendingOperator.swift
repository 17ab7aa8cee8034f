// An operator that waits for its right-hand side.

/// An operator that waits for the clause on its right, and where it stands.
struct PendingOperator {
  let word: OperatorWord
  let range: Range<Int>
}
