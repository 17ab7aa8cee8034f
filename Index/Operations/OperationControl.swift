// Watches long operations and ends them before they are through.

public import Storage
internal import Synchronization

/// Tells how far a long operation has come and ends it when it is no longer wanted. One object for each operation; any
/// thread may cancel it.
///
/// An operation looks at it for every document, some thousand terms or a megabyte, and ends soon after it is cancelled
/// with ``IndexError/Code/cancelled``, with the last commit as it was. Once a commit is durable it stands: it is not
/// an error then, but segments may be left unmerged.
public final class OperationControl: Sendable {
  private let parent: OperationControl?
  private let handler: (@Sendable (OperationProgress) -> Void)?
  private let shouldContinue: (@Sendable () -> Bool)?
  private let wasCancelled = Atomic<Bool>(false)
  private let state = Mutex<OperationProgress?>(nil)

  /// Makes an object.
  ///
  /// - Parameters:
  ///   - progress: called from any thread, one call at a time, a few thousand times at most in a second. Holds up the
  ///     operation while it runs.
  ///   - shouldContinue: asked from any thread beside ``cancel()``; false ends the operation.
  public init(
    progress: (@Sendable (OperationProgress) -> Void)? = nil, shouldContinue: (@Sendable () -> Bool)? = nil
  ) {
    parent = nil
    handler = progress
    self.shouldContinue = shouldContinue
  }

  /// Makes an object that is cancelled with another and by itself, and tells the progress of the other's operation.
  public init(within parent: OperationControl) {
    self.parent = parent
    handler = nil
    shouldContinue = nil
  }

  /// Ends the operation.
  public func cancel() { wasCancelled.store(true, ordering: .relaxed) }

  /// Whether the operation is to end.
  public var isCancelled: Bool {
    if wasCancelled.load(ordering: .relaxed) { return true }
    if let parent { return parent.isCancelled }
    return !(shouldContinue?() ?? true)
  }

  /// Throws `cancelled` where the operation is to end.
  public func check() throws(IndexError) {
    if isCancelled { throw IndexError(.cancelled, "the operation was cancelled") }
  }

  /// An object that is cancelled with this one and tells no progress, for what an operation does beside its own work.
  package var silent: OperationControl { OperationControl(shouldContinue: { !self.isCancelled }) }

  // MARK: Progress, told by the operation

  /// Begins a phase; where it is the one before, what is to do is added to it.
  package func begin(_ phase: OperationProgress.Phase, total: Int?) {
    if let parent { return parent.begin(phase, total: total) }
    change { state in
      var next = OperationProgress(phase: phase, done: 0, total: total)
      if let old = state, old.phase == phase {
        next.done = old.done
        next.total = old.total.flatMap { known in total.map { known + $0 } }
      }
      state = next
    }
  }

  /// So much more is done of the phase. O(1).
  package func advance(by count: Int) {
    if let parent { return parent.advance(by: count) }
    change { state in
      guard var next = state else { return }
      next.done = min(next.done + count, next.total ?? .max)
      state = next
    }
  }

  /// So many thousandths of a phase are done; what comes late and says less is left out.
  package func report(_ phase: OperationProgress.Phase, fraction: Double) {
    if let parent { return parent.report(phase, fraction: fraction) }
    let done = Int(max(0, min(1, fraction)) * 1000)
    change { state in
      var next = OperationProgress(phase: phase, done: done, total: 1000)
      if let old = state, old.phase == phase, done > 0 { next.done = max(old.done, done) }
      state = next
    }
  }

  /// Says how much there is to do in the phase, once that is known.
  package func setTotal(_ total: Int) {
    if let parent { return parent.setTotal(total) }
    change { state in
      guard var next = state else { return }
      next.total = max(total, next.done)
      state = next
    }
  }

  /// All of the phase is done.
  package func finish() {
    if let parent { return parent.finish() }
    change { state in
      guard var next = state else { return }
      next.done = next.total ?? next.done
      next.total = next.done
      state = next
    }
  }

  /// Changes the state and tells it, if it is another then.
  private func change(_ body: (inout OperationProgress?) -> Void) {
    guard let handler else { return }
    state.withLock { state in
      let before = state
      body(&state)
      if let state, state != before { handler(state) }
    }
  }
}
