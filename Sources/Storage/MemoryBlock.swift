// Bytes of a file in memory.

/// A growing run of bytes outside the Swift heap's value types, so that readers can point into it.
///
/// Invariant: `base` has room for `capacity` bytes, of which the first `count` are set. Grows only while one output
/// file writes it and nobody reads; ``shrink()`` ends that.
@safe
final class MemoryBlock: @unchecked Sendable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    self.capacity = max(1, capacity)
    unsafe memory = .allocate(byteCount: self.capacity, alignment: 64)
  }

  deinit { unsafe memory.deallocate() }

  var base: UnsafeRawPointer { unsafe UnsafeRawPointer(memory) }

  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: memory, count: count) }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    if capacity - count < bytes.count { resize(max(count + bytes.count, 2 * capacity)) }
    unsafe (memory + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Gives back the room behind the last byte.
  func shrink() { if capacity > count { resize(max(1, count)) } }

  /// A block of its own with the same bytes.
  func copy() -> MemoryBlock {
    let other = MemoryBlock(capacity: count)
    unsafe other.append(bytes)
    return other
  }

  private func resize(_ newCapacity: Int) {
    let larger = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 64)
    unsafe larger.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity = newCapacity
  }
}
