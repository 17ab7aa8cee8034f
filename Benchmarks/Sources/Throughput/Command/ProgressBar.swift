// How far a run has come, on a terminal or in a log.

@preconcurrency import Glibc
import Synchronization
import ThroughputModel

/// Draws a bar on standard error where that is a terminal; elsewhere writes a line for each step.
final class ProgressBar: Sendable {
  private static let width = 30
  private let isTerminal = isatty(2) == 1
  private let start = ContinuousClock.now
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  /// Shows a report, at most ten times a second.
  func show(_ report: ProgressReport) {
    guard isTerminal else {
      if report.isNew { write(percent(report) + " % " + report.step + "\n") }
      return
    }
    let now = ContinuousClock.now
    let isDue = shown.withLock { last in
      if !report.isNew, let last, last.duration(to: now) < .milliseconds(100) { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let filled = Int(report.share * Double(Self.width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    let seconds = Int(start.duration(to: now) / .seconds(1))
    write(
      "\r\u{1B}[K\(bar) \(percent(report)) %  \(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)  \(report.step)"
    )
  }

  /// Takes the bar away.
  func clear() { if isTerminal { write("\r\u{1B}[K") } }

  private func percent(_ report: ProgressReport) -> String { "\(Int(report.share * 100))" }

  private func write(_ text: String) { fputs(text, stderr) }
}
