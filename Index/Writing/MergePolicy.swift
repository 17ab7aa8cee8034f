// Which segments are merged when.

/// Tiered merging: segments of about the same size are merged when there are enough of them, so that every
/// document is written again O(log n) times and the number of segments stays O(log n).
public struct MergePolicy: Sendable {
  /// Segments of one tier that are merged together.
  public var segmentsPerTier = 8

  /// Segments up to this size are of the lowest tier, in documents.
  public var lowestTierInDocuments = 1_000

  /// Segments that would get larger than this are left alone, in documents.
  public var maximumMergedDocuments = 10_000_000

  /// Whether a segment with more deleted than live documents is written anew.
  public var rewritesDeleted = true

  /// Makes the default policy.
  public init() {}

  /// The places of the segments to merge next, ascending; empty when nothing needs merging.
  func nextMerge(liveCounts: [Int], documentCounts: [Int]) -> [Int] {
    // A segment that is mostly deleted is rewritten, with or without company.
    let mostlyDeleted = liveCounts.indices.filter { rewritesDeleted && liveCounts[$0] * 2 < documentCounts[$0] }
    if !mostlyDeleted.isEmpty { return mostlyDeleted }
    var tiers: [Int: [Int]] = [:]
    for (place, count) in liveCounts.enumerated() { tiers[tier(count), default: []].append(place) }
    for (_, places) in tiers.sorted(by: { $0.key < $1.key }) where places.count >= segmentsPerTier {
      let chosen = places.sorted { liveCounts[$0] < liveCounts[$1] }.prefix(segmentsPerTier)
      if chosen.reduce(0, { $0 + liveCounts[$1] }) <= maximumMergedDocuments { return chosen.sorted() }
    }
    return []
  }

  private func tier(_ documents: Int) -> Int {
    var tier = 0
    var limit = lowestTierInDocuments
    while documents > limit {
      limit *= segmentsPerTier
      tier += 1
    }
    return tier
  }
}
