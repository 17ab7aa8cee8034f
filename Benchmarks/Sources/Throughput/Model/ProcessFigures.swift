// What the system says of this process.

import Foundation
@preconcurrency import Glibc

/// Memory and CPU time of this process.
enum ProcessFigures {
  /// Makes the memory held now the most that was held, where the system allows it (Linux 4.0 and newer).
  static func resetPeakMemory() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    defer { fclose(file) }
    fputs("5", file)
  }

  /// The most memory held since ``resetPeakMemory()``, in bytes.
  static func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first).flatMap { Int($0) }.map {
      $0 * 1024
    }
      ?? 0
  }

  /// CPU time of all threads so far, in seconds.
  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Time that only goes forward, in nanoseconds.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Waits for a moment of ``now()``. Sleeps while it is far, then turns, because a sleeper wakes some tens of
  /// microseconds too late.
  static func wait(until moment: Int64) {
    let margin: Int64 = 200_000
    let start = moment - margin
    if start > now() {
      var time = timespec(tv_sec: Int(start / 1_000_000_000), tv_nsec: Int(start % 1_000_000_000))
      clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil)
    }
    while now() < moment {}
  }
}
