// A run beside the judgements.

/// The measures of a run, query by query. Queries without a relevant document do not count; a query of which the run has
/// nothing counts with 0.
public struct RunEvaluation: Sendable {
  /// The queries that count, sorted.
  public let queries: [String]
  /// For each measure its value for each query, in the order of `queries`.
  public let values: [Measure: [Double]]

  /// Judges a run. Costs sorting each ranking.
  public init(_ run: Run, _ judgements: Judgements) {
    let queries = judgements.judgedQueries
    self.queries = queries
    values = Dictionary(
      uniqueKeysWithValues: Measure.allCases.map { measure in
        (measure, queries.map { measure.value(of: $0, in: run, judgements) })
      })
  }

  /// The mean over all queries; 0 where there are none.
  public func mean(_ measure: Measure) -> Double {
    guard let values = values[measure], !values.isEmpty else { return 0 }
    return values.reduce(0, +) / Double(values.count)
  }
}
