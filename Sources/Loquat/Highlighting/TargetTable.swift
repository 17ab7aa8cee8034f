// Highlight targets, arranged for looking tokens up.
import Analysis

/// Finds what a token stands for. Most tokens stand for nothing, which a look at the kind, the length and the last byte
/// of a term mostly tells.
struct TargetTable {
  /// What one term stands for.
  struct Entry {
    let unit: HighlightTargets.Unit
    /// The target that the term is by itself; negative if it is none.
    var target = Hit.noTarget
    /// The phrases it belongs to, and its places in them.
    var slots: [(phrase: Int, slot: Int)] = []
  }

  /// Patterns have no statistics; they count as much as a rather common word.
  private static let patternWeight: Float = 2

  private(set) var entries: [Entry] = []
  /// Weights of the targets in whole numbers, so that sums are exact: units, then phrases, then patterns.
  private(set) var weights: [Int] = []
  let patterns: [@Sendable (ArraySlice<UInt8>) -> Bool]
  let firstPhraseTarget: Int
  let firstPatternTarget: Int
  private var indexes: [UInt64: [Int]] = [:]
  private var filter = [UInt64](repeating: 0, count: 256)

  init(_ targets: HighlightTargets) {
    patterns = targets.patterns
    firstPhraseTarget = targets.units.count
    firstPatternTarget = targets.units.count + targets.phrases.count
    for (unit, weight) in targets.units {
      entries[insert(unit)].target = Int32(truncatingIfNeeded: weights.count)
      weights.append(Self.whole(weight))
    }
    for (number, phrase) in targets.phrases.enumerated() {
      for (slot, place) in phrase.slots.enumerated() {
        entries[insert(place.unit)].slots.append((number, slot))
      }
      weights.append(Self.whole(phrase.weight))
    }
    for _ in targets.patterns { weights.append(Self.whole(Self.patternWeight)) }
  }

  /// The entry of a term, if it has one.
  @inline(__always)
  func index(of kind: TermKind, _ term: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let last = term.last, filter[Int(last)] & Self.filterBit(kind, term.count) != 0 else { return nil }
    return find(kind, term)
  }

  @inline(never)
  private func find(_ kind: TermKind, _ term: UnsafeBufferPointer<UInt8>) -> Int? {
    indexes[Self.hash(kind, term)]?.first { entries[$0].unit.kind == kind && entries[$0].unit.term.elementsEqual(term) }
  }

  private mutating func insert(_ unit: HighlightTargets.Unit) -> Int {
    let hash = Self.hash(unit.kind, unit.term)
    if let known = indexes[hash]?.first(where: { entries[$0].unit == unit }) { return known }
    indexes[hash, default: []].append(entries.count)
    if let last = unit.term.last { filter[Int(last)] |= Self.filterBit(unit.kind, unit.term.count) }
    entries.append(Entry(unit: unit))
    return entries.count - 1
  }

  private static func filterBit(_ kind: TermKind, _ length: Int) -> UInt64 {
    1 << UInt64(kind.rawValue & 7 | UInt8(truncatingIfNeeded: length & 7) << 3)
  }

  /// FNV-1a, 64 bits (Fowler, Noll, Vo).
  private static func hash(_ kind: TermKind, _ term: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.rawValue)
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  private static func whole(_ weight: Float) -> Int {
    guard weight > 0 else { return 1 }
    return max(1, Int(min(weight, 1e6) * 1024))
  }
}
