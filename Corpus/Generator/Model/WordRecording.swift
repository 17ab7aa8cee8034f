// Taking note of the words of documents while they are written, or not.

/// What the writer reports each word to.
protocol WordRecording {
  init()
  /// Takes note of the word in the `count` bytes from `start`.
  mutating func record(_ start: UnsafeRawPointer, count: Int)
  /// The hashes noted since the last call.
  mutating func takeHashes() -> [UInt64]
}

/// Notes nothing, at no cost.
struct NoRecorder: WordRecording {
  @inline(__always)
  mutating func record(_ start: UnsafeRawPointer, count: Int) {}
  mutating func takeHashes() -> [UInt64] { [] }
}

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
