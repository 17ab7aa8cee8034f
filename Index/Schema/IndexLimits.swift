// The limits of an index, in one place.

/// What an index accepts. Beyond a limit a document (or an operation) is refused with a typed error.
public enum IndexLimits {
  /// The longest term, in bytes. Longer ones are refused with their document.
  public static let termLength = 32_766
  /// The longest external document id, in bytes.
  public static let idLength = 1_024
  /// The number of fields of an index, beside the reserved one.
  public static let fields = 10_000
  /// The number of documents of one segment.
  public static let documentsPerSegment = 1 << 30
  /// The highest position of a token within a document's field.
  public static let position = (1 << 30) - 1
  /// The longest stored value, in bytes.
  public static let storedValueLength = 1 << 30
}
