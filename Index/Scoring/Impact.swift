// Bounds of what a block of postings can score.

/// Two pairs of bounds: every posting that they cover has a frequency not above and a length code not below those of the
/// first pair, or those of the second. One pair would be looser: the highest frequency of a block rarely stands in its
/// shortest document (Lucene keeps all such pairs, which takes more room).
struct Impact: Equatable {
  struct Bound: Equatable {
    /// 255 stands for any frequency.
    var frequency: UInt8
    var norm: UInt8
  }

  var low: Bound
  var high: Bound

  /// Whether a posting is covered.
  func covers(frequency: UInt32, norm: UInt8) -> Bool {
    [low, high].contains { ($0.frequency == 255 || frequency <= UInt32($0.frequency)) && norm >= $0.norm }
  }

  /// The bounds of postings. `frequencies` are kept less one.
  static func covering(
    frequencies: UnsafePointer<UInt32>, documents: UnsafePointer<UInt32>, norms: UnsafePointer<UInt8>?, count: Int
  ) -> Impact {
    var builder = ImpactBuilder()
    for place in 0..<count {
      let norm = if let norms = unsafe norms { unsafe norms[Int(documents[place])] } else { UInt8(0) }
      unsafe builder.add(frequency: frequencies[place] &+ 1, norm: norm)
    }
    return builder.impact
  }

  /// Bounds of all that some bounds cover.
  static func covering(_ impacts: ArraySlice<Impact>) -> Impact {
    var builder = ImpactBuilder()
    for impact in impacts {
      builder.add(frequency: UInt32(impact.low.frequency), norm: impact.low.norm)
      builder.add(frequency: UInt32(impact.high.frequency), norm: impact.high.norm)
    }
    return builder.impact
  }
}

/// Gathers postings and splits them by frequency where the two bounds are tightest.
private struct ImpactBuilder {
  /// Frequencies from this on share a place.
  private static let buckets = 17
  private var lowestNorms = InlineArray<17, UInt8>(repeating: 255)
  private var isPresent: UInt32 = 0
  private var highest: UInt32 = 0

  /// The part of the formula that depends on the length, for the usual parameters and lengths. It only decides where to
  /// split: bounds hold for every formula that grows with the frequency and falls with the length.
  private static let lengthFactors: [Float] = FieldLength.table.map { 1.2 * (0.25 + 0.75 * Float($0) / 100) }

  @inline(__always)
  mutating func add(frequency: UInt32, norm: UInt8) {
    let bucket = Int(min(frequency, UInt32(Self.buckets - 1)))
    lowestNorms[bucket] = min(lowestNorms[bucket], norm)
    isPresent |= 1 << UInt32(bucket)
    highest = max(highest, frequency)
  }

  private func score(_ frequency: Int, _ norm: UInt8) -> Float {
    let frequency = Float(frequency)
    return frequency / (frequency + Self.lengthFactors[Int(norm)])
  }

  var impact: Impact {
    // Lowest norms of all frequencies from a bucket on.
    var above = lowestNorms
    for bucket in stride(from: Self.buckets - 2, through: 0, by: -1) {
      above[bucket] = min(above[bucket], above[bucket + 1])
    }
    let top = UInt8(min(highest, 255))
    let whole = Impact.Bound(frequency: top, norm: above[0])
    var best = Impact(low: whole, high: whole)
    var bestScore = score(Int(top), above[0])
    var below: UInt8 = 255
    for bucket in 0..<Self.buckets - 1 where isPresent & (1 << UInt32(bucket)) != 0 {
      below = min(below, lowestNorms[bucket])
      if isPresent >> UInt32(bucket + 1) == 0 { break }
      let bound = max(score(bucket, below), score(Int(top), above[bucket + 1]))
      if bound < bestScore {
        bestScore = bound
        best = Impact(
          low: Impact.Bound(frequency: UInt8(bucket), norm: below),
          high: Impact.Bound(frequency: top, norm: above[bucket + 1]))
      }
    }
    return best
  }
}
