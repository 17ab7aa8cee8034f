// The generator's source of random bits.

/// The SplitMix64 generator: a counter with an odd increment, and a mixing function over it.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; the constants of the
/// mixing function are Stafford's variant 13, as in that paper. Integer arithmetic only, so that every machine draws
/// the same numbers.
struct SplitMix64 {
  /// The counter: all there is to the state.
  var state: UInt64

  /// A bijection of 64-bit words that spreads every bit of its argument over all bits.
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A generator that starts at a state.
  @inline(__always)
  init(state: UInt64) { self.state = state }

  /// The generator of one document: it depends on nothing but the seed and the number of the document.
  init(seed: UInt64, document: UInt64) {
    state = Self.mix(Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(document &* 0xD1B5_4A32_D192_ED03 &+ 1))
  }

  /// The next 64 random bits.
  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number in `0..<bound`, by multiplication of 32 random bits (bias below `bound`/2³²); 0 for a bound of 0.
  @inline(__always)
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: ((next() &>> 32) &* UInt64(truncatingIfNeeded: bound)) &>> 32)
  }

  /// A number in the open interval (0, 1), with 53 random bits.
  @inline(__always)
  mutating func unit() -> Double { (Double(next() &>> 11) + 0.5) * 0x1p-53 }
}
