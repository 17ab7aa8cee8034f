// A file in memory.

internal import Synchronization

/// The bytes of a file in memory, which its writer and its readers share. Sealed bytes are never touched again.
final class MemoryFile: Sendable {
  private struct Contents {
    var block = MemoryBlock()
    var isSealed = false
  }

  private let contents = Mutex(Contents())

  var count: Int { contents.withLock { $0.block.count } }

  /// Appends bytes. Not after ``seal()``.
  func append(_ bytes: UnsafeRawBufferPointer) {
    contents.withLock { unsafe $0.block.append(bytes) }
  }

  /// Ends writing.
  func seal() {
    contents.withLock { contents in
      contents.block.shrink()
      contents.isSealed = true
    }
  }

  /// The bytes so far: shared when nobody writes any more, else a copy.
  func sealed() -> MemoryBlock {
    contents.withLock { $0.isSealed ? $0.block : $0.block.copy() }
  }
}
