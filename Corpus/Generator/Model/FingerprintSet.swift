// Counting distinct words.

/// A set of 64-bit hashes: open addressing with linear probing, at most half full.
///
/// The hashes have to be well mixed; they are used as they are. Insertion takes amortised constant time.
struct FingerprintSet {
  private var slots = [UInt64](repeating: 0, count: 1 << 16)
  /// The number of distinct hashes inserted.
  private(set) var count = 0

  /// Adds a hash. Zero marks a free slot, so that the hash 0 is taken for 1.
  mutating func insert(_ hash: UInt64) {
    let value = max(hash, 1)
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: value) & mask
    while slots[place] != 0 {
      if slots[place] == value { return }
      place = (place + 1) & mask
    }
    slots[place] = value
    count += 1
    if count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for value in old where value != 0 {
      var place = Int(truncatingIfNeeded: value) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = value
    }
  }
}
