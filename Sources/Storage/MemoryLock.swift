// A lock within one process.

internal import Synchronization

/// Calls a closure once when it is released.
package final class MemoryLock: DirectoryLock {
  private let onRelease: Mutex<(@Sendable () -> Void)?>

  package init(onRelease: @escaping @Sendable () -> Void) { self.onRelease = Mutex(onRelease) }

  deinit { release() }

  /// See ``DirectoryLock/release()``.
  package func release() {
    let action = onRelease.withLock { action in
      defer { action = nil }
      return action
    }
    action?()
  }
}
