// The value of a document's field.

/// The value of a field as JSON knows it; what is nested has been flattened.
public enum JSONFieldValue: Hashable, Sendable {
  /// A text.
  case string(String)
  /// A number; integers beyond 2^53 lose precision.
  case number(Double)
  /// True or false.
  case bool(Bool)
}
