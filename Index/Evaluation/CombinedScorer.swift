// Terms scored as one over several fields: BM25F.

internal import Storage

/// Matches documents with any of the terms; their frequencies, weighted and divided by their field's length
/// normalisation, are added up before they saturate.
///
/// score = weight · x / (1 + x), x = Σ weight_i · tf_i / (k1 · (1 − b + b · length_i / average_i)).
final class CombinedScorer: Scorer {
  /// One of the terms.
  struct Part {
    var cursor: PostingsCursor
    /// Its scoring; the weight is that of the frequencies.
    let scoring: TermScoring
  }

  private var parts: [Part]
  private let weight: Float
  private let totalCost: Int

  /// `weight` is that of the saturated sum: idf times boost.
  init(_ parts: [Part], weight: Float) {
    self.parts = parts
    self.weight = weight
    totalCost = parts.reduce(0) { $0 + $1.cursor.documentFrequency }
    super.init()
    for place in self.parts.indices { self.parts[place].cursor.next() }
    document = first()
  }

  override var cost: Int { totalCost }

  override func next() -> DocID {
    if document == .end { return .end }
    for place in parts.indices where parts[place].cursor.document == document { parts[place].cursor.next() }
    document = first()
    return document
  }

  override func advance(to target: DocID) -> DocID {
    if document >= target { return document }
    for place in parts.indices where parts[place].cursor.document < target {
      parts[place].cursor.advance(to: target)
    }
    document = first()
    return document
  }

  private func first() -> DocID { parts.reduce(.end) { min($0, $1.cursor.document) } }

  override func score() -> Double {
    var sum: Float = 0
    for place in parts.indices where parts[place].cursor.document == document {
      sum += parts[place].scoring.normalized(frequency: parts[place].cursor.frequency, document: document)
    }
    // With k1 = 0 the sum is infinite: any occurrence counts in full.
    return Double(weight * (sum.isFinite ? sum / (1 + sum) : 1))
  }
}
