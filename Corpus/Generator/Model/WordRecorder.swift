// Documents with notes on their words.

/// Notes a 64-bit hash of every word.
struct WordRecorder: WordRecording {
  private var hashes: [UInt64] = []

  mutating func record(_ start: UnsafeRawPointer, count: Int) {
    // FNV-1a (Fowler, Noll and Vo), finished by the mixing function of SplitMix64.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in 0..<count {
      hash = (hash ^ UInt64(start.load(fromByteOffset: offset, as: UInt8.self))) &* 0x100_0000_01B3
    }
    hashes.append(SplitMix64.mix(hash))
  }

  mutating func takeHashes() -> [UInt64] {
    defer { hashes.removeAll() }
    return hashes
  }
}
