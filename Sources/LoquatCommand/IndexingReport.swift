// What `loquat index` says at the end.

import FoundationEssentials
import Loquat

/// Prints an indexing summary.
struct IndexingReport {
  private let summary: IndexingSummary
  /// Skipped files that are named on a terminal; the rest is counted.
  private static let namedSkips = 20

  init(_ summary: IndexingSummary) { self.summary = summary }

  private struct Output: Encodable {
    struct Skipped: Encodable {
      let name: String
      let reason: String
    }
    let added, updated, removed, unchanged, skipped: Int
    let skips: [Skipped]
    let bytes: Int
    let seconds, mb_per_second: Double
  }

  func print(asJSON: Bool) throws {
    if asJSON {
      try JSONOutput.print(
        Output(
          added: summary.added, updated: summary.updated, removed: summary.removed, unchanged: summary.unchanged,
          skipped: summary.skippedCount, skips: summary.skipped.map { .init(name: $0.name, reason: $0.reason) },
          bytes: summary.bytes, seconds: summary.seconds, mb_per_second: summary.megabytesPerSecond))
      return
    }
    for skip in summary.skipped.prefix(Self.namedSkips) {
      Terminal.printNote("skipped \(Terminal.clean(skip.name)): \(Terminal.clean(skip.reason))\n")
    }
    if summary.skippedCount > Self.namedSkips {
      Terminal.printNote("… and \(summary.skippedCount - Self.namedSkips) more skipped (all with --json)\n")
    }
    var line = "\(summary.added) added, \(summary.updated) updated, \(summary.removed) removed, "
    line += "\(summary.unchanged) unchanged, \(summary.skippedCount) skipped; "
    line += "\(Format.megabytes(summary.bytes)) in \(Format.seconds(summary.seconds))"
    if summary.bytes > 0 { line += " (\(Format.fixed(summary.megabytesPerSecond, 1)) MB/s)" }
    Swift.print(line)
    if !summary.hasChanges { Swift.print("nothing has changed") }
  }
}
