// Measures of how good a ranking is.

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A measure of one query's ranking, 0 to 1.
///
/// The values are those of `ir_measures`, which takes nDCG, recall and average precision from trec_eval, and the
/// reciprocal rank with a cutoff from the evaluation of MS MARCO; the two order equal scores in opposite ways.
public enum Measure: String, Sendable, CaseIterable {
  /// Normalised discounted cumulative gain of the first 10, gain = grade, discount = log2(rank + 1) (Järvelin and
  /// Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002).
  case nDCG10 = "nDCG@10"
  /// 1 / rank of the first relevant document among the first 10, else 0.
  case reciprocalRank10 = "RR@10"
  /// The share of the relevant documents that are among the first 100.
  case recall100 = "R@100"
  /// The mean of the precisions at the ranks of the relevant documents; those not found count 0.
  case averagePrecision = "AP"
  /// 1 where nothing was found. Of this one, less is better.
  case empty = "empty"

  /// The value of a query.
  func value(of query: String, in run: Run, _ judgements: Judgements) -> Double {
    let grades = judgements.grades[query] ?? [:]
    let relevant = grades.values.count { $0 > 0 }
    guard relevant > 0 else { return 0 }
    let isRelevant = { (document: String) in (grades[document] ?? 0) > 0 }
    switch self {
    case .nDCG10:
      let gains = run.ranking(query).prefix(10).map { max(0, grades[$0] ?? 0) }
      let ideal = grades.values.filter { $0 > 0 }.sorted(by: >).prefix(10)
      return Self.discountedGain(gains) / Self.discountedGain(Array(ideal))
    case .reciprocalRank10:
      let place = run.rankingByAscendingID(query).prefix(10).firstIndex(where: isRelevant)
      return place.map { 1 / Double($0 + 1) } ?? 0
    case .recall100:
      return Double(run.ranking(query).prefix(100).count(where: isRelevant)) / Double(relevant)
    case .averagePrecision:
      var found = 0
      var sum = 0.0
      for (place, document) in run.ranking(query).enumerated() where isRelevant(document) {
        found += 1
        sum += Double(found) / Double(place + 1)
      }
      return sum / Double(relevant)
    case .empty:
      return run.results[query]?.isEmpty ?? true ? 1 : 0
    }
  }

  private static func discountedGain(_ gains: [Int]) -> Double {
    gains.enumerated().reduce(0) { $0 + Double($1.element) / log2(Double($1.offset + 2)) }
  }
}
