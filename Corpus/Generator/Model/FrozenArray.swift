// An array whose address may be kept.

/// A copy of an array that never changes or moves, for loops that read it through a pointer.
final class FrozenArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Element>

  /// A copy of the elements, of which there has to be one at least.
  init(_ elements: [Element]) {
    precondition(!elements.isEmpty)
    storage = .allocate(capacity: elements.count)
    _ = storage.initialize(from: elements)
  }

  deinit { storage.deallocate() }

  /// The number of elements.
  var count: Int { storage.count }

  /// The first element's address, valid as long as the array exists.
  var base: UnsafePointer<Element> {
    guard let base = storage.baseAddress else { preconditionFailure("a frozen array is never empty") }
    return UnsafePointer(base)
  }
}
