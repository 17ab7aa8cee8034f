// One token of a text.

/// One token: a term in a `TokenBuffer`'s arena and its place in the text.
@frozen
public struct Token: Sendable {
  /// Where the term's bytes begin in the arena.
  public var termStart: UInt32
  /// The first byte of the text that the token covers.
  public var startOffset: UInt32
  /// The byte after the last that the token covers; always on a character boundary, as `startOffset`.
  public var endOffset: UInt32
  /// The position of the token's first unit.
  public var position: Int32
  /// Length of the term in bytes of UTF-8; at most `Analyzer.maximumTermLength`.
  public var termLength: UInt16
  /// How many positions the token spans, 1 or more.
  public var positionLength: UInt16
  /// The kind of the term.
  public var kind: TermKind

  @inlinable
  init(
    termStart: UInt32, termLength: UInt16, kind: TermKind, position: Int32, positionLength: UInt16,
    startOffset: UInt32, endOffset: UInt32
  ) {
    self.termStart = termStart
    self.startOffset = startOffset
    self.endOffset = endOffset
    self.position = position
    self.termLength = termLength
    self.positionLength = positionLength
    self.kind = kind
  }
}
