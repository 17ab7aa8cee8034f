// What a matcher says of a term, and of the terms behind it.

/// Whether a term is accepted, and where the next accepted one can be. Terms are ordered by their bytes.
public enum TermVerdict: Sendable, Hashable {
  /// Accepted.
  case accepted
  /// Not accepted; any term behind it may be.
  case rejected
  /// Not accepted, and neither is any term between it and the next candidate.
  case skip
  /// Not accepted, and neither is any term behind it.
  case exhausted
}
