// Memory for numbers that several threads fill.

/// A fixed number of integers, zero or as the memory comes.
///
/// Invariants: `base` has room for `count` elements and lives as long as this object. Threads that write at a time write
/// different elements. Loops take `base` only in methods of objects that keep the buffer.
@safe
final class FlatBuffer<Element: FixedWidthInteger & BitwiseCopyable>: @unchecked Sendable {
  let count: Int
  let base: UnsafeMutablePointer<Element>

  /// - Precondition: elements of an uninitialized buffer are written before they are read.
  init(uninitialized count: Int) {
    precondition(count >= 0)
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
  }

  init(zeros count: Int) {
    precondition(count >= 0)
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: 0, count: count)
  }

  deinit { unsafe base.deallocate() }

  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }
}
