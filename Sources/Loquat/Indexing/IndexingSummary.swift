// What a run of indexing did.

/// Counts of what was done, what was left out and why.
public struct IndexingSummary: Sendable {
  /// Something that was not indexed.
  public struct Skipped: Sendable, Hashable {
    /// The path, or the id of a document.
    public let name: String
    /// Why.
    public let reason: String
  }

  /// New documents.
  public internal(set) var added = 0
  /// Documents that replaced one with the same id.
  public internal(set) var updated = 0
  /// Documents that were taken out.
  public internal(set) var removed = 0
  /// Files and documents that were as before and not touched.
  public internal(set) var unchanged = 0
  /// Bytes that were read and indexed.
  public internal(set) var bytes = 0
  /// How long it took, in seconds.
  public internal(set) var seconds = 0.0
  /// How many files or documents were left out.
  public internal(set) var skippedCount = 0
  /// The first ``maximalReportedSkips`` of them.
  public internal(set) var skipped: [Skipped] = []

  /// How many of the skipped are named.
  public static let maximalReportedSkips = 1_000

  /// Whether the index is other than before.
  public var hasChanges: Bool { added + updated + removed > 0 }

  /// Bytes indexed, in 10^6 for each second.
  public var megabytesPerSecond: Double { seconds > 0 ? Double(bytes) / 1e6 / seconds : 0 }

  mutating func skip(_ name: String, _ reason: String) {
    skippedCount += 1
    if skipped.count < Self.maximalReportedSkips { skipped.append(Skipped(name: name, reason: reason)) }
  }
}

extension IndexingSummary {
  /// Adds what another thread counted.
  mutating func merge(_ other: IndexingSummary) {
    unchanged += other.unchanged
    bytes += other.bytes
    skippedCount += other.skippedCount
    skipped += other.skipped.prefix(Self.maximalReportedSkips - skipped.count)
  }
}
