// Threads of the operating system: a pool would decide by itself how many run.

import Foundation
import Synchronization

/// Runs `body` on `count` threads at the same time and waits for all of them.
///
/// - Throws: the first error that one of them threw.
func withThreads(_ count: Int, _ body: @escaping @Sendable (_ thread: Int) throws -> Void) throws {
  let failure = Mutex<(any Error)?>(nil)
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    let thread = Thread {
      do { try body(number) } catch { failure.withLock { $0 = $0 ?? error } }
      group.leave()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }
  group.wait()
  if let error = failure.withLock({ $0 }) { throw error }
}
