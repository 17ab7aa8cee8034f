// Stems of long English words, remembered.

internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The stems of words of 13 to 24 letters: too long for the main table of `EnglishStemmer`, too frequent to ask for each
/// time.
struct LongStems {
  /// A remembered word, as the two keys of `StemKey`, and what makes it its stem.
  struct Entry {
    var first: UInt64
    var second: UInt64
    var change: UInt16
  }

  private static let setBits: UInt64 = 12
  private static let ways = 4

  /// Zero memory, which is empty entries: only what is used is ever touched.
  private let entries: UnsafeMutablePointer<Entry>

  init?() {
    let bytes = (LongStems.ways << Int(LongStems.setBits)) * MemoryLayout<Entry>.stride
    guard let memory = calloc(bytes, 1) else { return nil }
    entries = memory.assumingMemoryBound(to: Entry.self)
  }

  func deallocate() { free(entries) }

  private func set(_ keys: (UInt64, UInt64)) -> UnsafeMutablePointer<Entry> {
    let hash = (keys.0 ^ (keys.1 &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15
    return entries + LongStems.ways * Int(truncatingIfNeeded: hash >> (64 - LongStems.setBits))
  }

  /// Brings what a word is looked up in nearer to the processor.
  func prefetch(_ word: UnsafePointer<UInt8>, _ length: Int) {
    guard let keys = StemKey.keys(word, length) else { return }
    let set = UnsafeRawPointer(set(keys))
    ckernels_prefetch(set)
    ckernels_prefetch(set + 64)
  }

  /// The change that makes the word its stem, if it is remembered.
  func change(_ keys: (UInt64, UInt64)) -> UInt16? {
    let set = set(keys)
    for way in 0..<LongStems.ways where set[way].first == keys.0 && set[way].second == keys.1 { return set[way].change }
    return nil
  }

  /// Remembers a word in place of the oldest of its set.
  func remember(_ keys: (UInt64, UInt64), change: UInt16) {
    let set = set(keys)
    for way in 1..<LongStems.ways { set[way - 1] = set[way] }
    set[LongStems.ways - 1] = Entry(first: keys.0, second: keys.1, change: change)
  }
}
