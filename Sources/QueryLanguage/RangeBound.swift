// One end of a range.

/// One end of a range. What its text means (a word, a number, a date) is for the type of the field to say.
public enum RangeBound: Sendable, Hashable {
  /// No bound at this end, written `*`.
  case unbounded

  /// The value itself is in the range, written with `[` or `]`.
  case inclusive(String)

  /// The value itself is not in the range, written with `{` or `}`.
  case exclusive(String)
}
