// The number of a word, as the tables and the memory of a document hold it.

/// A word of a lexicon: a stored word, a range of rare words to draw one from, or a rare word; or none of them.
struct WordReference: Equatable, BitwiseCopyable {
  /// The tag in the two highest bits, and a number below 2³⁰.
  let bits: UInt32

  /// The slot of a word that the arena holds.
  @inline(__always)
  static func stored(_ slot: Int) -> Self { Self(bits: UInt32(truncatingIfNeeded: slot)) }

  /// A range of ranks of rare words.
  @inline(__always)
  static func bucket(_ number: Int) -> Self { Self(bits: 1 << 30 | UInt32(truncatingIfNeeded: number)) }

  /// The rare word with a number.
  @inline(__always)
  static func rare(_ number: UInt32) -> Self { Self(bits: 1 << 31 | number) }

  /// Something outside the vocabulary, such as a number.
  static let other = Self(bits: 3 << 30)

  /// Whether this is outside the vocabulary.
  @inline(__always)
  var isOther: Bool { bits &>> 30 == 3 }

  /// Whether this is a stored word; then ``number`` is its slot.
  @inline(__always)
  var isStored: Bool { bits < 1 << 30 }

  /// Whether this is a range of rare words; then ``number`` is the range.
  @inline(__always)
  var isBucket: Bool { bits &>> 30 == 1 }

  /// The number without its tag.
  @inline(__always)
  var number: Int { Int(bits & 0x3FFF_FFFF) }

  /// A stored word or a range in 16 bits, for the tables to be small. The number has to be below 2¹⁴.
  var compact: UInt16 { UInt16(bits &>> 30) << 14 | UInt16(bits & 0x3FFF) }

  /// The reference that ``compact`` made 16 bits of.
  @inline(__always)
  init(compact: UInt16) {
    bits = UInt32(compact &>> 14) &<< 30 | UInt32(compact & 0x3FFF)
  }

  private init(bits: UInt32) { self.bits = bits }
}
