// One walk of an automaton over terms.

/// Matches terms one after the other. Terms may come in any order; in ascending order each is matched only from where
/// it differs from the one before.
public protocol TermMatcher {
  /// Matches a term.
  ///
  /// - Parameter nextCandidate: Set when the verdict is ``TermVerdict/skip``, and left alone otherwise; the caller's
  ///   buffer is used again, so that a walk allocates nothing for a term.
  mutating func match(_ term: [UInt8], nextCandidate: inout [UInt8]) -> TermVerdict
}
