// The tokens of a text, or of a part of it, and the bytes of their terms.

/// A reusable buffer of tokens. An `Analyzer` fills it; several tokens may share the same bytes of the arena.
///
/// Invariants that reading relies on: `count` tokens are initialised, and the term of each lies within the
/// `arenaCount` initialised bytes of the arena.
public final class TokenBuffer {
  // Analysis returns to its caller when this many tokens, or bytes of terms, are there …
  static let tokenThreshold = 1024
  static let arenaThreshold = 1 << 18
  // … and between two checks adds less than these. A piece of a run of Han characters is the largest single step.
  static let tokenReserve = 4 * HanRun.maximumCells
  static let arenaReserve = 1 << 18

  @usableFromInline var writer: TokenWriter

  /// An empty buffer. Its memory (about 1 MB) is touched only as far as it is used.
  public init() {
    writer = TokenWriter(
      tokenCapacity: TokenBuffer.tokenThreshold + TokenBuffer.tokenReserve,
      arenaCapacity: TokenBuffer.arenaThreshold + TokenBuffer.arenaReserve)
  }

  deinit { writer.deallocate() }

  /// The number of tokens.
  @inlinable public var count: Int { writer.count }

  /// The token at `index`, which must be below `count`.
  @inlinable
  public subscript(index: Int) -> Token {
    precondition(index >= 0 && index < writer.count, "token index out of range")
    return writer.tokens[index]
  }

  /// The bytes of a token's term. Copies them; for loops use `withUnsafeTokens`.
  public func termBytes(_ token: Token) -> [UInt8] {
    let start = Int(token.termStart)
    precondition(start + Int(token.termLength) <= writer.arenaCount, "token of another buffer")
    return [UInt8](UnsafeBufferPointer(start: writer.arena + start, count: Int(token.termLength)))
  }

  /// A token's term as text.
  public func term(_ token: Token) -> String { String(decoding: termBytes(token), as: UTF8.self) }

  /// Gives `body` the tokens and the arena that their terms lie in, valid until it returns.
  @inlinable
  public func withUnsafeTokens<Result>(
    _ body: (UnsafeBufferPointer<Token>, UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try body(
      UnsafeBufferPointer(start: writer.tokens, count: writer.count),
      UnsafeBufferPointer(start: writer.arena, count: writer.arenaCount))
  }

  /// Empties the buffer and keeps its memory.
  public func removeAll() { writer.removeAll() }
}
