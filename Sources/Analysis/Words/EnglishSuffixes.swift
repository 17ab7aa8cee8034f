// Which English words the stemmer can't change.

/// The endings of Snowball's English stemmer (Porter2), as far as needed to see that none applies.
enum EnglishSuffixes {
  /// For each last letter, by its low five bits, the letters before it that some rule of the algorithm, its lists of
  /// exceptions included, may work on; as a set of bits by their low five bits. Bit 7 stands for the apostrophe.
  static func makeMasks() -> UnsafeMutablePointer<UInt32> {
    let masks = UnsafeMutablePointer<UInt32>.allocate(capacity: 32)
    masks.initialize(repeating: 0, count: 32)
    func set(_ last: Unicode.Scalar, _ before: String?) {
      let bits = before.map { $0.utf8.reduce(UInt32(0)) { $0 | 1 << UInt32($1 & 31) } }
      masks[Int(last.value & 31)] |= bits ?? .max
    }
    set("c", "i")  // -ic
    set("d", "e")  // -ed
    set("g", "n")  // -ing
    set("l", "aul")  // -al -ful -ll
    set("m", "s")  // -ism
    set("n", "o")  // -ion
    set("r", "eo")  // -er -ator
    set("t", "n")  // -ant -ent
    for last: Unicode.Scalar in ["e", "i", "s", "y", "'"] { set(last, nil) }
    return masks
  }

  /// Whether the stemmer may change a word, of three letters or more, that ends in these bytes. An apostrophe at its
  /// beginning is the caller's to look at.
  @inline(__always)
  static func mayChange(_ masks: UnsafePointer<UInt32>, last: UInt8, before: UInt8) -> Bool {
    masks[Int(last & 31)] >> UInt32(before & 31) & 1 != 0
  }
}
