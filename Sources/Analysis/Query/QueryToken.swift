// Tokens of a query, taken out of the token buffer.

/// A token with its own copy of the term.
struct QueryToken {
  let bytes: [UInt8]
  let kind: TermKind
  let position: Int32
  let positionLength: Int32
  let range: Range<Int>
}
