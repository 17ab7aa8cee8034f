// The raw storage behind a token buffer.

/// Appends tokens and term bytes without checks; `TokenBuffer` states the capacity that makes this safe: callers return
/// to the analyzer's loop, which flushes, before they have added more than the reserve.
@frozen
@usableFromInline
struct TokenWriter {
  @usableFromInline let tokens: UnsafeMutablePointer<Token>
  @usableFromInline let arena: UnsafeMutablePointer<UInt8>
  @usableFromInline var count = 0
  @usableFromInline var arenaCount = 0

  init(tokenCapacity: Int, arenaCapacity: Int) {
    tokens = .allocate(capacity: tokenCapacity)
    arena = .allocate(capacity: arenaCapacity)
  }

  func deallocate() {
    tokens.deallocate()
    arena.deallocate()
  }

  mutating func removeAll() {
    count = 0
    arenaCount = 0
  }

  var isFull: Bool { count >= TokenBuffer.tokenThreshold || arenaCount >= TokenBuffer.arenaThreshold }

  @inline(__always)
  mutating func append(
    term: Int, length: Int, kind: TermKind, position: Int32, span: Int, from: Int, to: Int
  ) {
    (tokens + count).initialize(
      to: Token(
        termStart: UInt32(truncatingIfNeeded: term), termLength: UInt16(truncatingIfNeeded: length), kind: kind,
        position: position, positionLength: UInt16(truncatingIfNeeded: span),
        startOffset: UInt32(truncatingIfNeeded: from), endOffset: UInt32(truncatingIfNeeded: to)))
    count &+= 1
  }

  /// Copies bytes into the arena and returns where they begin.
  @inline(__always)
  mutating func store(_ bytes: UnsafePointer<UInt8>, count length: Int) -> Int {
    let start = arenaCount
    (arena + start).update(from: bytes, count: length)
    arenaCount = start &+ length
    return start
  }

  /// Appends the UTF-8 form of a scalar value to the arena.
  @inline(__always)
  mutating func store(scalar: UInt32) {
    arenaCount &+= UTF8Coding.encode(scalar, to: arena + arenaCount)
  }
}
