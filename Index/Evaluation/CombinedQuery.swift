// A word over several fields.

/// Documents with any of several terms, scored as if they were one term of a document whose fields have weights: BM25F
/// (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6), with the
/// length normalisation of each term's own field.
///
/// score = idf · x / (1 + x), x = Σ weight · tf / (k1 · (1 − b + b · length / average)). Several occurrences saturate
/// together, wherever they are, which separate scores that are added up do not. With one term of weight 1 it is BM25.
/// idf is that of the term in the most documents: how many have any of them is not known without reading all of their
/// postings.
public struct CombinedQuery: Sendable, Hashable {
  /// One of the terms.
  public struct Part: Sendable, Hashable {
    /// The term.
    public var term: Term
    /// What one occurrence counts; above 0.
    public var weight: Float

    /// Makes a part.
    public init(_ term: Term, weight: Float = 1) {
      self.term = term
      self.weight = weight
    }
  }

  /// The terms. Parts without a positive weight take no part.
  public var parts: [Part]

  /// Makes a query.
  public init(_ parts: [Part]) { self.parts = parts }
}
