// Threads for work that waits, beside those of Swift's tasks.

import Storage
import Synchronization

/// Runs work that reads disks and waits for locks on threads of its own, so that the few threads that all tasks share
/// stay free. Threads are made when there is work and end when there is none; beyond `maximum`, work waits its turn.
final class BlockingThreads: Sendable {
  /// For operations that take long. Most of their time another of them, or none, has the index.
  static let operations = BlockingThreads(maximum: 64)
  /// For searches: more at a time than processors would only make each of them slower.
  static let searches = BlockingThreads(maximum: max(2, Processors.available))

  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var threads = 0
  }

  private let maximum: Int
  private let state = Mutex(State())

  init(maximum: Int) { self.maximum = maximum }

  /// Runs `body` on a thread. When the task is cancelled, `cancel` is called, from any thread, and work that still waits
  /// its turn is dropped.
  ///
  /// - Throws: what `body` throws; `CancellationError` in place of that when the task was cancelled; `limitExceeded` when
  ///   the system gives no thread.
  func run<R: Sendable>(
    cancel: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () throws -> R
  ) async throws -> R {
    let job = BlockingJob<R>()
    do {
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          guard job.offer(continuation) else { return }
          do {
            try start {
              // The task may have been cancelled while it waited.
              if let continuation = job.take() { continuation.resume(with: Result { try body() }) }
            }
          } catch {
            job.take()?.resume(throwing: error)
          }
        }
      } onCancel: {
        cancel()
        job.drop()
      }
    } catch let error as IndexError where error.code == .cancelled && Task.isCancelled {
      throw CancellationError()
    }
  }

  private func start(_ work: @escaping @Sendable () -> Void) throws {
    let needsThread = state.withLock { state in
      state.waiting.append(work)
      if state.threads == maximum { return false }
      state.threads += 1
      return true
    }
    guard needsThread else { return }
    do {
      try WorkerThread { [self] in workUntilNothingWaits() }.detach()
    } catch {
      state.withLock { $0.threads -= 1 }
      throw error
    }
  }

  private func workUntilNothingWaits() {
    while let next = take() { next() }
  }

  private func take() -> (@Sendable () -> Void)? {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.threads -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}
