// The sign or `NOT` before a clause.

/// The sign or `NOT` before a clause, and where it stands.
struct ClauseModifier {
  let occur: Occur
  let range: Range<Int>
}
