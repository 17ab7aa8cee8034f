// The bytes of a chunk of lines while they are read.

@preconcurrency import Glibc

/// Memory that grows in place where the system can do that, so that a long line is there once.
///
/// Invariant: `base` has room for `capacity` bytes and a chunk's padding, of which the first `count` are set. Its memory
/// goes to a `LineChunk` or is given back.
struct LineBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  private(set) var count: Int

  /// Begins with the bytes of a line's start.
  ///
  /// - Precondition: they fit `capacity`.
  init(_ start: [UInt8], capacity: Int) {
    precondition(start.count <= capacity)
    self.capacity = capacity
    count = start.count
    base = .allocate(capacity: capacity + LineChunk.paddingInBytes)
    start.withUnsafeBufferPointer { bytes in
      if let first = bytes.baseAddress { base.initialize(from: first, count: count) }
    }
  }

  func deallocate() { base.deallocate() }

  /// What is not filled yet.
  var room: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
  }

  /// Counts bytes that were put into the room.
  mutating func add(_ more: Int) {
    precondition(more >= 0 && more <= capacity - count)
    count += more
  }

  /// Makes more room.
  mutating func grow(by more: Int) {
    capacity += more
    guard let larger = realloc(base, capacity + LineChunk.paddingInBytes) else { fatalError("out of memory") }
    base = larger.assumingMemoryBound(to: UInt8.self)
  }

  /// The place behind the last line end that lies at `start` or after it; 0 where there is none.
  func endOfLastLine(from start: Int) -> Int {
    var end = count
    while end > start, base[end - 1] != 0x0A { end -= 1 }
    return end > start ? end : 0
  }

  /// A copy of the bytes from `start` on.
  func bytes(from start: Int) -> [UInt8] { Array(UnsafeBufferPointer(start: base + start, count: count - start)) }
}
