// Token occurrences of a segment that is being built, in the order in which they came.

/// A log of 32-bit entries: a term's number (below 2^31) is an occurrence at the current position and moves
/// the position on by one; an entry with the two highest bits 10 sets the position to its lower 30 bits; all
/// ones end a document. Most occurrences follow the one before, so an occurrence costs four bytes and a
/// sequential write; grouping by term is left to the flush, which scatters the log once or a few times.
///
/// Invariant: chunks are full but for the last; entries are only read through `forEach`.
@safe
final class OccurrenceLog {
  private static let chunkSize = 1 << 18
  static let positionMark: UInt32 = 1 << 31
  static let endOfDocument = UInt32.max

  private var chunks: [UnsafeMutablePointer<UInt32>] = unsafe []
  private var current: UnsafeMutablePointer<UInt32>
  private var used = 0

  init() {
    unsafe current = .allocate(capacity: Self.chunkSize)
    unsafe chunks.append(current)
  }

  deinit { unsafe chunks.forEach { unsafe $0.deallocate() } }

  /// Entries in the log.
  var count: Int { unsafe (chunks.count - 1) * Self.chunkSize + used }

  /// Bytes held.
  var memory: Int { unsafe chunks.count * Self.chunkSize * 4 }

  @inline(__always)
  func append(_ entry: UInt32) {
    if used == Self.chunkSize { addChunk() }
    unsafe current[used] = entry
    used += 1
  }

  private func addChunk() {
    unsafe current = .allocate(capacity: Self.chunkSize)
    unsafe chunks.append(current)
    used = 0
  }

  /// Takes back the entries from `newCount` on, handing each to `body`.
  func truncate(to newCount: Int, _ body: (UInt32) -> Void) {
    for index in newCount..<count { body(unsafe chunks[index / Self.chunkSize][index % Self.chunkSize]) }
    let chunkCount = max(1, (newCount + Self.chunkSize - 1) / Self.chunkSize)
    while unsafe chunks.count > chunkCount { unsafe chunks.removeLast().deallocate() }
    unsafe current = chunks[chunkCount - 1]
    used = newCount - (chunkCount - 1) * Self.chunkSize
  }

  /// Hands the entries, in order, as contiguous runs.
  @inline(__always)
  func forEachRun(_ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    for place in unsafe 0..<chunks.count {
      let length = unsafe place + 1 < chunks.count ? Self.chunkSize : used
      unsafe body(UnsafeBufferPointer(start: chunks[place], count: length))
    }
  }
}
