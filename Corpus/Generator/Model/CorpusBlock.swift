// The bytes of consecutive documents.

/// A growing buffer that documents are generated into, one JSON object a line, with counts of what it holds.
///
/// A block belongs to one task at a time, which is why it may be handed from one to another.
public final class CorpusBlock: @unchecked Sendable {
  /// Free space that the writer keeps ahead of every clause: more than the longest clause takes.
  static let slack = 16_384

  private(set) var storage: UnsafeMutableRawBufferPointer
  /// The number of bytes of documents.
  public internal(set) var byteCount = 0
  /// The number of words, numbers and names in titles and texts.
  public internal(set) var wordCount = 0
  /// The number of documents of each kind, by the kind's raw value.
  public internal(set) var documentCounts = [UInt64](repeating: 0, count: DocumentKind.allCases.count)
  /// A hash of every word, when words were recorded.
  public internal(set) var wordHashes: [UInt64] = []

  /// An empty block with room for about `capacity` bytes; it grows as needed.
  public init(capacity: Int = 1 << 20) {
    storage = .allocate(byteCount: max(capacity, 0) + 2 * Self.slack, alignment: 64)
  }

  deinit { storage.deallocate() }

  /// Empties the block and keeps its memory.
  public func removeAll() {
    byteCount = 0
    wordCount = 0
    wordHashes.removeAll()
    for index in documentCounts.indices { documentCounts[index] = 0 }
  }

  /// Calls `body` with the bytes of the documents.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(rebasing: storage[0..<byteCount]))
  }

  /// Doubles the memory; the first `used` bytes are kept.
  func grow(keeping used: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: storage.count * 2, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[0..<used]))
    storage.deallocate()
    storage = larger
  }
}
