// Scores that depend on a number of the document.

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The documents of a query with scores that grow with values of columns:
/// score · (1 + Σ weight · f(value)), 0 ≤ f ≤ 1, f = 0 where a document has no value.
public struct ColumnBoostQuery: Sendable, Hashable {
  /// What matches.
  public var query: Query
  /// What raises its scores.
  public var boosts: [ColumnBoost]

  /// Makes a query.
  public init(_ query: Query, _ boosts: [ColumnBoost]) {
    self.query = query
    self.boosts = boosts
  }
}

/// A function of one column, with values from 0 to 1.
public struct ColumnBoost: Sendable, Hashable {
  /// The shape of the function.
  public enum Function: Sendable, Hashable {
    /// 2^(−|value − origin| / halfDistance): 1 at the origin, a half at that distance. With moments of time it favours
    /// what is recent.
    case decay(origin: Double, halfDistance: Double)
    /// value / (value + pivot): nothing at 0 and below, a half at the pivot, 1 far above. For counts of views, links or
    /// votes (Craswell, Robertson, Zaragoza and Taylor, "Relevance weighting for query independent evidence", 2005).
    case saturation(pivot: Double)
    /// pivot / (value + pivot): 1 at 0 and below, a half at the pivot. For what is better when small: depth, length.
    case inverse(pivot: Double)
  }

  /// The column.
  public var field: FieldNumber
  /// The function.
  public var function: Function
  /// By how much of itself a score grows where the function is 1; not negative.
  public var weight: Float

  /// Makes a boost.
  public init(field: FieldNumber, _ function: Function, weight: Float) {
    self.field = field
    self.function = function
    self.weight = weight
  }

  /// The function's value.
  public func value(_ value: Double) -> Double {
    let result: Double =
      switch function {
      case .decay(let origin, let half): half > 0 ? exp2(-abs(value - origin) / half) : (value == origin ? 1 : 0)
      case .saturation(let pivot): value > 0 ? (value.isInfinite ? 1 : value / (value + max(0, pivot))) : 0
      case .inverse(let pivot): value > 0 ? max(0, pivot) / (value + max(0, pivot)) : 1
      }
    return result.isNaN ? 0 : result
  }
}
