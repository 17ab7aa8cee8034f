// How far a run has come.

import Synchronization

/// What is told of a run's progress.
public struct ProgressReport: Sendable {
  /// What is being done.
  public var step: String
  /// The share of the run that is done, from 0 to 1; an estimate.
  public var share: Double
  /// Whether this step has just begun.
  public var isNew: Bool
}

/// Adds up the shares of steps. Any thread may advance a step.
final class ProgressReporter: Sendable {
  private struct State {
    var done = 0.0
    var step = ""
    var stepShare = 0.0
  }

  private let state = Mutex(State())
  private let report: @Sendable (ProgressReport) -> Void

  init(_ report: @escaping @Sendable (ProgressReport) -> Void) { self.report = report }

  /// Ends the step before and begins one that takes a share of the run.
  func begin(_ step: String, share: Double) {
    let done = state.withLock { state in
      state.done += state.stepShare
      state.stepShare = share
      state.step = step
      return state.done
    }
    report(ProgressReport(step: step, share: min(1, done), isNew: true))
  }

  /// Says which part of the step is done.
  func advance(_ part: Double) {
    let report = state.withLock {
      ProgressReport(step: $0.step, share: min(1, $0.done + $0.stepShare * part), isNew: false)
    }
    self.report(report)
  }

  func finish() { report(ProgressReport(step: "done", share: 1, isNew: true)) }
}
