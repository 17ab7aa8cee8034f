// Sampling from a discrete distribution in constant time.

/// Walker's alias method in Vose's construction (Vose, "A Linear Algorithm for Generating Random Numbers with a Given
/// Distribution", IEEE Transactions on Software Engineering 17, 1991), over words.
///
/// Construction is linear; a sample costs one multiplication and one comparison.
final class AliasTable: Sendable {
  /// One column of 8 bytes: `own` with probability `threshold`/2³², else `other`.
  struct Entry: BitwiseCopyable {
    var threshold: UInt32
    var own: UInt16
    var other: UInt16
  }

  /// What the hot loop samples from: the entries without their owner.
  struct View {
    let entries: UnsafePointer<Entry>
    let count: UInt64

    /// The outcome for 64 random bits: the lower half chooses the column, the upper half the side.
    @inline(__always)
    func sample(_ bits: UInt64) -> WordReference {
      // (bits mod 2³²) · count / 2³² < count, so that the column exists.
      let column = Int(truncatingIfNeeded: ((bits & 0xFFFF_FFFF) &* count) &>> 32)
      let entry = entries[column]
      return WordReference(
        compact: UInt32(truncatingIfNeeded: bits &>> 32) < entry.threshold ? entry.own : entry.other)
    }
  }

  private let columns: FrozenArray<Entry>

  /// The table of outcomes with weights of at least zero, of which one must be positive.
  init(_ outcomes: [(word: WordReference, weight: Double)]) {
    precondition(!outcomes.isEmpty)
    let total = outcomes.reduce(0) { $0 + $1.weight }
    precondition(total > 0)
    var scaled = outcomes.map { $0.weight * Double(outcomes.count) / total }
    var small: [Int] = []
    var large: [Int] = []
    for index in scaled.indices {
      if scaled[index] < 1 { small.append(index) } else { large.append(index) }
    }
    var entries = outcomes.map { Entry(threshold: .max, own: $0.word.compact, other: $0.word.compact) }
    while let less = small.popLast(), let more = large.last {
      entries[less].threshold = UInt32(scaled[less] * 4_294_967_295)
      entries[less].other = outcomes[more].word.compact
      scaled[more] -= 1 - scaled[less]
      if scaled[more] < 1 { small.append(large.removeLast()) }
    }
    columns = FrozenArray(entries)
  }

  /// The entries for the hot loop. The table has to outlive the view.
  var view: View { View(entries: columns.base, count: UInt64(columns.count)) }
}
