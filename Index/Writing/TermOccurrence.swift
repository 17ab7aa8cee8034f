// One token on its way into an index.

/// A term within a text that holds many, and its position in the document.
@frozen
public struct TermOccurrence: Sendable, Equatable {
  /// Where the term begins in the text, in bytes.
  public var start: UInt32
  /// Its length in bytes.
  public var length: UInt32
  /// Its position.
  public var position: UInt32

  /// Makes an occurrence.
  @inlinable
  public init(start: UInt32, length: UInt32, position: UInt32) {
    self.start = start
    self.length = length
    self.position = position
  }

  @inline(__always)
  var end: Int { Int(start) + Int(length) }
}
