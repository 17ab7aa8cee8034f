// Whether two runs differ by more than chance.

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Two runs over the same queries: the mean difference of a measure, and how likely chance alone makes one as large.
///
/// Both tests are two-sided: Student's paired t test, and Fisher's randomisation test, which flips the signs of the
/// differences at random and is the one to trust where the two disagree (Smucker, Allan and Carterette, "A comparison of
/// statistical significance tests for information retrieval evaluation", 2007).
public struct PairedComparison: Sendable, Equatable {
  /// The mean of second − first.
  public let difference: Double
  /// The p value of the t test; 1 where no query differs or there are fewer than two.
  public let tTest: Double
  /// The p value of the randomisation test, (c + 1) / (samples + 1) with c samples at least as extreme; 1 where no query
  /// differs.
  public let randomisation: Double

  /// Compares values query by query. The same seed gives the same p value on every machine. O(queries · samples).
  ///
  /// - Precondition: both have one value for each query.
  public init(_ first: [Double], _ second: [Double], samples: Int = 10_000, seed: UInt64 = 1) {
    precondition(first.count == second.count, "two runs are compared over the same queries")
    let differences = zip(first, second).map { $1 - $0 }
    let sum = differences.reduce(0, +)
    difference = differences.isEmpty ? 0 : sum / Double(differences.count)
    tTest = Self.tTest(differences, mean: difference)
    randomisation = Self.randomisation(differences.filter { $0 != 0 }, samples: samples, seed: seed)
  }

  private static func tTest(_ differences: [Double], mean: Double) -> Double {
    guard differences.count > 1, differences.contains(where: { $0 != 0 }) else { return 1 }
    let count = Double(differences.count)
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    guard variance > 0 else { return 0 }
    let t = mean / (variance / count).squareRoot()
    return StudentT.twoSidedTail(t, degreesOfFreedom: count - 1)
  }

  private static func randomisation(_ differences: [Double], samples: Int, seed: UInt64) -> Double {
    if differences.isEmpty { return 1 }
    var generator = SplitMix64(state: seed)
    let observed = abs(differences.reduce(0, +)) - 1e-12
    var extreme = 0
    for _ in 0..<samples {
      var sum = 0.0
      var bits: UInt64 = 0
      for (place, difference) in differences.enumerated() {
        if place & 63 == 0 { bits = generator.next() }
        sum += bits & 1 == 0 ? difference : -difference
        bits >>= 1
      }
      if abs(sum) >= observed { extreme += 1 }
    }
    return Double(extreme + 1) / Double(samples + 1)
  }
}

/// Random bits from a seed (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Student's t distribution.
enum StudentT {
  /// P(|T| ≥ |t|) = I(ν / (ν + t²); ν / 2, 1 / 2) with the regularised incomplete beta function I.
  static func twoSidedTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
  }

  /// I(x; a, b) by its continued fraction (Abramowitz and Stegun, 26.5.8), on the side where it converges fast.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let factor = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return x < (a + 1) / (a + b + 2)
      ? factor * continuedFraction(x, a, b) / a : 1 - factor * continuedFraction(1 - x, b, a) / b
  }

  /// Evaluated from the front by the method of Lentz, in the form of Thompson and Barnett (1986).
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / notZero(1 - (a + b) * x / (a + 1), tiny)
    var value = d
    for step in 1...10_000 {
      let m = Double(step)
      for numerator in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 / notZero(1 + numerator * d, tiny)
        c = notZero(1 + numerator / c, tiny)
        value *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return value
  }

  private static func notZero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
}
