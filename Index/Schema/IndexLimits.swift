// The limits of an index, in one place.

/// What an index accepts. Beyond a limit a document (or an operation) is refused with a typed error.
public enum IndexLimits {
  /// The longest term, in bytes. Longer ones are refused with their document.
  public static let termLength = 32_766
  /// The longest external document id, in bytes of UTF-8.
  public static let idLength = 1_024
  /// The number of fields of an index, beside the reserved one.
  public static let fields = 30_000
  /// The longest name of a field, in bytes of UTF-8: every segment has all of them.
  public static let fieldNameLength = 1_024
  /// The number of spaces of terms, over all fields, of one segment.
  public static let termSpaces = 1 << 16
  /// The number of documents of one segment.
  public static let documentsPerSegment = 1 << 30
  /// The highest position of a token within a document's field.
  public static let position = (1 << 30) - 1
  /// A document's title and its text, each, in bytes of UTF-8.
  public static let textLength = 1 << 30
  /// All stored values of a document together, in bytes.
  public static let storedLength = 1 << 30
}
