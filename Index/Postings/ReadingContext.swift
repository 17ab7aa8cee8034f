// What one evaluation shares between its cursors.

internal import Storage

/// Owns the decode buffers of the cursors of one query on one segment and takes note of damage.
///
/// Cursors run in loops that cannot throw; a cursor that meets damaged bytes reports here, stands at the end
/// from then on, and the evaluation throws ``failure`` before it gives out a result. Used by one thread.
///
/// Invariant: buffers lie one behind another in `chunks`, of which the last has `used` integers given out.
@safe
final class ReadingContext {
  private static let chunkSize = 1 << 12

  private(set) var failure: IndexError?
  private var chunks: [(base: UnsafeMutablePointer<UInt32>, count: Int)] = unsafe []
  private var used = 0
  private let control: SearchControl?
  private var looks = 0

  /// Makes a context; with a control, ``mustStop()`` says when to end.
  init(_ control: SearchControl? = nil) { self.control = control }

  deinit { unsafe chunks.forEach { unsafe $0.base.deallocate() } }

  /// Notes the first fault.
  func report(_ error: IndexError) {
    if failure == nil { failure = error }
  }

  /// Whether the evaluation is to end: ``check()`` throws then. Asked once for each piece of work of some microseconds.
  @inline(__always)
  func mustStop() -> Bool { control != nil && looksForReasonToStop() }

  /// Throws where the control says so; asked before work of milliseconds, such as opening a long list for the first time.
  func checkControl() throws(IndexError) { try control?.check() }

  private func looksForReasonToStop() -> Bool {
    if failure != nil { return true }
    looks &+= 1
    if let reason = control?.reasonToStop(looksAtClock: looks & 7 == 1) { failure = reason }
    return failure != nil
  }

  /// Throws what was reported.
  func check() throws(IndexError) {
    if let failure { throw failure }
  }

  /// A buffer of `count` integers that lives as long as this object. What is in it is not defined.
  func buffer(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    if unsafe chunks.isEmpty || used + count > chunks[chunks.count - 1].count {
      let size = max(Self.chunkSize, count)
      unsafe chunks.append((.allocate(capacity: size), size))
      used = 0
    }
    defer { used += count }
    return unsafe chunks[chunks.count - 1].base + used
  }

  /// Takes all buffers back. No cursor made before is used any more.
  func recycle() {
    while unsafe chunks.count > 1 { unsafe chunks.removeFirst().base.deallocate() }
    used = 0
  }
}
