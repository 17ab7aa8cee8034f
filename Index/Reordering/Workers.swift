// Work spread over threads.

internal import Dispatch
internal import Storage

/// Runs work on several threads; with one, on the caller's.
struct Workers: Sendable {
  let threads: Int

  /// 0 threads means one for each processor.
  init(threads: Int) { self.threads = threads > 0 ? threads : Processors.available }

  /// Cuts `0..<count` into one range for each thread and runs `body` for each, with the number of the range.
  func forEachPart(of count: Int, _ body: @Sendable (Int, Range<Int>) -> Void) {
    let parts = threads
    if parts == 1 || count < parts { return body(0, 0..<count) }
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      body(part, count * part / parts..<count * (part + 1) / parts)
    }
  }

  /// Runs `body` once on each thread.
  func onEach(_ body: @Sendable () -> Void) {
    if threads == 1 { return body() }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in body() }
  }
}
