// One term of an analysed query.

/// A term to look up, and its place in the query.
public struct QueryTerm: Sendable, Hashable {
  /// The term's bytes, as documents have them.
  public let bytes: [UInt8]
  /// Its term space.
  public let kind: TermKind
  /// Position of its first unit, counted from the beginning of the analysed text.
  public let position: Int32
  /// How many positions it spans.
  public let positionLength: Int32
  /// Whether it is a stop word, or lies inside one.
  public let isStopWord: Bool
  /// Of a bigram, how many of its bytes are its first character; otherwise 0.
  public let firstCharacterLength: Int

  /// A term of an analysed query.
  public init(
    bytes: [UInt8], kind: TermKind, position: Int32, positionLength: Int32, isStopWord: Bool,
    firstCharacterLength: Int = 0
  ) {
    self.bytes = bytes
    self.kind = kind
    self.position = position
    self.positionLength = positionLength
    self.isStopWord = isStopWord
    self.firstCharacterLength = firstCharacterLength
  }

  /// The same term at another position.
  public func moved(to position: Int32) -> QueryTerm {
    QueryTerm(
      bytes: bytes, kind: kind, position: position, positionLength: positionLength, isStopWord: isStopWord,
      firstCharacterLength: firstCharacterLength)
  }

  /// The term as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
