// Stems of short English words, remembered in few bytes.

internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A table from words, as `StemKey`, to what makes them their stems: eight bytes a word, so that what is asked for most
/// stays in the processor's second cache.
///
/// Multiplying by an odd number maps integers of 64 bits one to one, so the product stands for the word: its first
/// bits say where the word lies, the others are kept in the entry, above the `StemChange`. The key 0 is never looked up
/// and no change is 0, so that 0 is an entry without a word.
///
/// A word has two places in one cache line, which are looked at both, without a branch that could be predicted wrongly.
/// Words whose places were taken before them, which are the rarer ones, are in `others`.
///
/// Invariant: `places` has `8 << lineBits` entries and begins at a cache line, `others` has `ways << setBits`.
struct StemTable {
  private static let lineBits: UInt64 = 15
  private static let setBits: UInt64 = 13
  private static let ways = 4
  /// SplitMix64's multiplier, which is odd.
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  private let memory: UnsafeMutableRawPointer
  private let places: UnsafeMutablePointer<UInt64>
  private let others: UnsafeMutablePointer<UInt64>

  init?() {
    let placeCount = 8 << Int(StemTable.lineBits)
    let count = placeCount + (StemTable.ways << Int(StemTable.setBits))
    guard let memory = calloc(count * MemoryLayout<UInt64>.stride + 64, 1) else { return nil }
    self.memory = memory
    places = memory.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: UInt64.self)
    others = places + placeCount
  }

  func deallocate() { free(memory) }

  /// What stands for a word from here on.
  @inline(__always)
  static func product(_ key: UInt64) -> UInt64 { key &* multiplier }

  /// Brings the word's places nearer to the processor.
  @inline(__always)
  func prefetch(_ product: UInt64) { ckernels_prefetch(places + StemTable.place(product)) }

  /// The change that makes a word its stem, or 0.
  @inline(__always)
  func change(_ product: UInt64) -> UInt16 {
    let wanted = product &<< StemTable.setBits
    let difference = places[StemTable.place(product)] ^ wanted
    let otherDifference = places[StemTable.otherPlace(product)] ^ wanted
    let isHere = difference >> StemTable.setBits == 0
    let found = isHere ? difference : otherDifference
    return found >> StemTable.setBits == 0 ? UInt16(truncatingIfNeeded: found) : changeElsewhere(product)
  }

  @inline(never)
  private func changeElsewhere(_ product: UInt64) -> UInt16 {
    let set = set(product)
    let wanted = product &<< StemTable.setBits
    for way in 0..<StemTable.ways where (set[way] ^ wanted) >> StemTable.setBits == 0 {
      return UInt16(truncatingIfNeeded: set[way] ^ wanted)
    }
    return 0
  }

  /// Remembers a word: at a place of its own if one is free, else instead of the oldest of its set.
  func remember(_ product: UInt64, change: UInt16) {
    let entry = product &<< StemTable.setBits | UInt64(change)
    for place in [StemTable.place(product), StemTable.otherPlace(product)] where places[place] == 0 {
      places[place] = entry
      return
    }
    let set = set(product)
    for way in 1..<StemTable.ways { set[way - 1] = set[way] }
    set[StemTable.ways - 1] = entry
  }

  @inline(__always)
  private static func place(_ product: UInt64) -> Int { Int(truncatingIfNeeded: product >> (61 &- lineBits)) }

  /// Another place in the same line.
  @inline(__always)
  private static func otherPlace(_ product: UInt64) -> Int {
    place(product) ^ Int(truncatingIfNeeded: product >> (58 &- lineBits) & 7 | 1)
  }

  @inline(__always)
  private func set(_ product: UInt64) -> UnsafeMutablePointer<UInt64> {
    others + StemTable.ways &* Int(truncatingIfNeeded: product >> (64 - StemTable.setBits))
  }
}
