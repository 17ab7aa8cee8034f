// Token occurrences of a segment that is being built, in the order in which they came.

internal import Storage

/// A log of 32-bit entries: a term's number (below 2^31) is an occurrence at the current position and moves
/// the position on by one; an entry with the two highest bits 10 sets the position to its lower 30 bits; all
/// ones end a document. Most occurrences follow the one before, so an occurrence costs four bytes and a
/// sequential write; grouping by term is left to the flush, which scatters the log once or a few times.
///
/// Invariants: chunks are full but for the last; only the first may be smaller than the others, as long as it is the
/// only one; entries are only read through `forEachRun` and `truncate`.
@safe
final class OccurrenceLog {
  /// Entries of a chunk: one large page.
  private static let chunkSize = 1 << 19
  private static let smallestChunk = 1 << 12
  static let positionMark: UInt32 = 1 << 31
  static let endOfDocument = UInt32.max

  private var chunks: [LargeMemory]
  private var current: UnsafeMutablePointer<UInt32>
  private var capacity = OccurrenceLog.smallestChunk
  private var used = 0

  init() {
    let first = LargeMemory(byteCount: 4 * Self.smallestChunk)
    chunks = [first]
    unsafe current = Self.entries(first)
  }

  private static func entries(_ chunk: LargeMemory) -> UnsafeMutablePointer<UInt32> {
    unsafe chunk.base.bindMemory(to: UInt32.self, capacity: chunk.byteCount / 4)
  }

  /// Entries in the log.
  var count: Int { (chunks.count - 1) * Self.chunkSize + used }

  /// Bytes held.
  var memory: Int { 4 * count }

  @inline(__always)
  func append(_ entry: UInt32) {
    if used == capacity { grow() }
    unsafe current[used] = entry
    used += 1
  }

  @inline(never)
  private func grow() {
    let isSmall = capacity < Self.chunkSize
    let larger = LargeMemory(byteCount: 4 * (isSmall ? 2 * capacity : Self.chunkSize))
    let entries = unsafe Self.entries(larger)
    if isSmall {
      unsafe entries.update(from: current, count: used)
      chunks[0] = larger
    } else {
      chunks.append(larger)
      used = 0
    }
    unsafe current = entries
    capacity = larger.byteCount / 4
  }

  /// Takes back the entries from `newCount` on, handing each to `body`.
  func truncate(to newCount: Int, _ body: (UInt32) -> Void) {
    for index in newCount..<count {
      unsafe body(Self.entries(chunks[index / Self.chunkSize])[index % Self.chunkSize])
    }
    chunks.removeLast(chunks.count - max(1, (newCount + Self.chunkSize - 1) / Self.chunkSize))
    let last = chunks[chunks.count - 1]
    unsafe current = Self.entries(last)
    capacity = last.byteCount / 4
    used = newCount - (chunks.count - 1) * Self.chunkSize
  }

  /// Hands the entries, in order, as contiguous runs.
  @inline(__always)
  func forEachRun(_ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    for place in chunks.indices {
      let length = place + 1 < chunks.count ? Self.chunkSize : used
      unsafe body(UnsafeBufferPointer(start: Self.entries(chunks[place]), count: length))
    }
  }
}
