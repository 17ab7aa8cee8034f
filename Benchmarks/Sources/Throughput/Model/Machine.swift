// The machine that figures belong to.

import Foundation
import Loquat

/// The machine, the time and the program of a run.
public struct Machine: Codable, Sendable {
  /// The model of the processor.
  public var processor: String
  /// Processors that this process may use.
  public var processors: Int
  /// Bytes of memory.
  public var memory: Int
  /// The operating system.
  public var system: String
  /// The load average of the last minute when the run began: more than about 0.3 of other work makes figures noisy.
  public var load: Double
  /// When the run began, in UTC.
  public var date: String
  /// The version of Loquat.
  public var version: String

  /// Reads the facts from the system.
  public static func current() -> Machine {
    Machine(
      processor: field("model name", of: "/proc/cpuinfo") ?? "unknown",
      processors: ProcessInfo.processInfo.activeProcessorCount,
      memory: Int(ProcessInfo.processInfo.physicalMemory),
      system: ProcessInfo.processInfo.operatingSystemVersionString,
      load: (text("/proc/loadavg")?.split(separator: " ").first).flatMap { Double($0) } ?? 0,
      date: Date().formatted(.iso8601), version: LoquatVersion.current)
  }

  private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  private static func field(_ name: String, of path: String) -> String? {
    text(path)?.split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
