// One piece of work that a task waits for.

import Synchronization

/// Makes sure that a waiting task is resumed once: by the thread that took its work, or by its cancellation before that.
final class BlockingJob<R: Sendable>: Sendable {
  private enum State {
    case new
    case waiting(CheckedContinuation<R, any Error>)
    case settled
  }

  private let state = Mutex(State.new)

  /// Takes the task that waits. False when it was cancelled already; then it is resumed.
  func offer(_ continuation: CheckedContinuation<R, any Error>) -> Bool {
    let isNew = state.withLock { state in
      guard case .new = state else { return false }
      state = .waiting(continuation)
      return true
    }
    if !isNew { continuation.resume(throwing: CancellationError()) }
    return isNew
  }

  /// Gives the task to whoever does the work; nil when it was given away or dropped.
  func take() -> CheckedContinuation<R, any Error>? {
    state.withLock { state in
      defer { state = .settled }
      if case .waiting(let continuation) = state { return continuation }
      return nil
    }
  }

  /// Ends the waiting of a task whose work has not begun.
  func drop() { take()?.resume(throwing: CancellationError()) }
}
