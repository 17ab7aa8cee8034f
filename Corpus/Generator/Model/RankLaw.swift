// How often words occur, by rank.

/// The frequency of words as a function of their rank: Zipf-Mandelbrot for the core vocabulary, a steeper power beyond.
///
/// For ranks r up to `coreRanks`, f(r) ∝ (r + q)⁻ˢ with s = 1 and q = 2.7 (Mandelbrot 1953; the values of Piantadosi,
/// "Zipf's word frequency law in natural language", Psychonomic Bulletin & Review 21, 2014). Beyond, f(r) ∝ r⁻ᵞ with
/// γ = 1.77 from rank 7873 on, which Gerlach and Altmann measured on the Google n-gram books ("Stochastic Model for the
/// Vocabulary Growth in Natural Languages", Physical Review X 3, 021006, 2013). Heaps' law follows from it: the number
/// of distinct words grows with the power 1/γ = 0.56 of the number of words. Chinese words get the same law.
enum RankLaw {
  /// Mandelbrot's shift q.
  static let shift = 2.7
  /// The exponent s of the core vocabulary; ``weight(rank:)`` has it built in, as a quotient.
  static let coreExponent = 1.0
  /// The last rank of the core vocabulary.
  static let coreRanks = 7873.0
  /// The exponent γ beyond the core vocabulary.
  static let tailExponent = 1.77

  /// The unnormalised frequency of the word with a rank, counted from 1. Falls monotonically.
  static func weight(rank: Double) -> Double {
    if rank <= coreRanks { return 1 / (rank + shift) }
    return PortableMath.pow(coreRanks / rank, tailExponent) / (coreRanks + shift)
  }

  /// The sum of the weights of the ranks in `lower..<upper`, both beyond the core vocabulary (by the integral).
  static func tailWeight(lower: Double, upper: Double) -> Double {
    let power = 1 - tailExponent
    let difference =
      PortableMath.pow((lower - 0.5) / coreRanks, power) - PortableMath.pow((upper - 0.5) / coreRanks, power)
    return difference * coreRanks / (coreRanks + shift) / (tailExponent - 1)
  }
}
