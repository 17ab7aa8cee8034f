// Text in UTF-8 with what is known about where it came from.

/// The result of decoding bytes.
public struct DecodedText: Sendable {
  /// The text as valid UTF-8, without a byte order mark.
  public let bytes: [UInt8]
  /// The IANA name of the encoding that the source was in.
  public let encoding: String
  /// Whether byte sequences of the source stood for no character and became U+FFFD.
  public let hasReplacements: Bool
}
