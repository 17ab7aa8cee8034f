// Logarithms and powers that come out the same on every machine.

/// Elementary functions from additions, multiplications and divisions alone.
///
/// IEEE 754 defines those operations to the last bit, whereas `log` and `exp` of C libraries differ in it; a corpus has
/// to be the same bytes everywhere. Relative errors are below 10⁻¹⁴ for the arguments that occur.
enum PortableMath {
  private static let naturalLog2 = 0.693147180559945309417232121458

  /// The natural logarithm of a positive, finite, normal number.
  static func log(_ x: Double) -> Double {
    // x = m · 2ᵉ with m in [√½, √2), log m = 2 · artanh((m − 1) / (m + 1)).
    var exponent = Double(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m *= 0.5
      exponent += 1
    }
    let t = (m - 1) / (m + 1)
    let square = t * t
    var sum = 0.0
    var k = 23.0
    while k >= 1 {
      sum = sum * square + 1 / k
      k -= 2
    }
    return exponent * naturalLog2 + 2 * t * sum
  }

  /// The exponential function, for arguments between -700 and 700.
  static func exp(_ x: Double) -> Double {
    // x = n · log 2 + r with |r| <= log(2) / 2; exp r by its Taylor series.
    let n = (x / naturalLog2).rounded(.toNearestOrEven)
    let r = x - n * naturalLog2
    var sum = 1.0
    var k = 16.0
    while k >= 1 {
      sum = 1 + sum * r / k
      k -= 1
    }
    return Double(sign: .plus, exponent: Int(n), significand: sum)
  }

  /// `base` to the power of `exponent`, for a positive base.
  static func pow(_ base: Double, _ exponent: Double) -> Double { exp(exponent * log(base)) }
}
