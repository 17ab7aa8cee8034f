// Ends searches before they are through.

public import Storage
internal import Synchronization

/// Ends searches that take too long or are no longer wanted. One object may control several searches, and any thread may
/// cancel them.
///
/// A search looks at it once for every window, block of candidates or few hundred terms and documents, which costs nothing
/// measurable, and ends within milliseconds with ``IndexError/Code/cancelled`` or ``IndexError/Code/deadlineExceeded``.
public final class SearchControl: Sendable {
  /// When searches end that are not through by then; nil for never.
  public let deadline: ContinuousClock.Instant?
  private let parent: SearchControl?
  private let isCancelled = Atomic<Bool>(false)

  /// Makes an object that ends searches at a moment, or only when told to.
  public init(deadline: ContinuousClock.Instant? = nil) {
    self.deadline = deadline
    parent = nil
  }

  /// Makes an object that ends searches when another does, or when told to by itself.
  public init(within parent: SearchControl) {
    deadline = parent.deadline
    self.parent = parent
  }

  /// Makes an object that ends searches when a time from now on is over.
  public convenience init(timeout: Duration) { self.init(deadline: .now.advanced(by: timeout)) }

  /// Ends the searches that run with this object, and those that begin with it.
  public func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Throws where searches are to end.
  public func check() throws(IndexError) {
    if let reason = reasonToStop(looksAtClock: true) { throw reason }
  }

  /// Why searches end now; nil while they go on. `looksAtClock` costs some ten nanoseconds.
  func reasonToStop(looksAtClock: Bool) -> IndexError? {
    if isCancelled.load(ordering: .relaxed) || parent?.isCancelled.load(ordering: .relaxed) == true {
      return IndexError(.cancelled, "the search was cancelled")
    }
    if looksAtClock, let deadline, ContinuousClock.now >= deadline {
      return IndexError(.deadlineExceeded, "the search was not through within the time that it had")
    }
    return nil
  }
}
