// What one evaluation shares between its cursors.

internal import Storage

/// Owns the decode buffers of the cursors of one query on one segment and takes note of damage.
///
/// Cursors run in loops that cannot throw; a cursor that meets damaged bytes reports here, stands at the end
/// from then on, and the evaluation throws ``failure`` before it gives out a result. Used by one thread.
@safe
final class ReadingContext {
  private(set) var failure: IndexError?
  private var buffers: [UnsafeMutablePointer<UInt32>] = unsafe []

  init() {}

  deinit { unsafe buffers.forEach { unsafe $0.deallocate() } }

  /// Notes the first fault.
  func report(_ error: IndexError) {
    if failure == nil { failure = error }
  }

  /// Throws what was reported.
  func check() throws(IndexError) {
    if let failure { throw failure }
  }

  /// A buffer of `count` integers that lives as long as this object.
  func buffer(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    let buffer = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    unsafe buffer.initialize(repeating: 0, count: count)
    unsafe buffers.append(buffer)
    return unsafe buffer
  }
}
