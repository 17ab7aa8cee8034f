// Okapi BM25.

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Parameters of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).
///
/// score(q, d) = Σ weight(t) · tf / (tf + k1 · (1 − b + b · |d| / avgdl)), with weight = boost · idf. The constant
/// factor k1 + 1 of the original is left out, as in Lucene since 8.0: it does not change an order.
public struct BM25: Sendable, Hashable {
  /// How slowly further occurrences stop counting; not negative.
  public var k1: Float
  /// How much long documents are marked down, from 0 (not at all) to 1.
  public var b: Float

  /// The defaults are those of Lucene, after Robertson et al. at TREC-3.
  public init(k1: Float = 1.2, b: Float = 0.75) {
    self.k1 = k1
    self.b = b
  }

  /// ln(1 + (N − df + 0.5) / (df + 0.5)), which is never negative.
  public static func idf(documentFrequency df: Int, documentCount n: Int) -> Float {
    Float(log(1 + (Double(n) - Double(df) + 0.5) / (Double(df) + 0.5)))
  }

  /// k1 · (1 − b + b · length / average) for each of the 256 length codes.
  func lengthFactors(averageLength: Float) -> [Float] {
    FieldLength.table.map { length in
      averageLength > 0 ? k1 * (1 - b + b * Float(length) / averageLength) : k1
    }
  }
}

/// Explains a score as a tree whose parts add up (or multiply, as `description` says) to `value`.
public struct Explanation: Sendable, Equatable {
  /// The part's value.
  public let value: Float
  /// What it is.
  public let description: String
  /// What it is made of.
  public let details: [Explanation]

  /// Makes a part.
  public init(_ value: Float, _ description: String, _ details: [Explanation] = []) {
    self.value = value
    self.description = description
    self.details = details
  }
}
