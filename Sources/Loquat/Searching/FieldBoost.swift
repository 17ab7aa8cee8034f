// Scores raised by fields of numbers and dates.

import FoundationEssentials
public import InvertedIndex

/// Raises scores by a field of numbers, or of dates: score · (1 + weight · f(value)), f as in ``ColumnBoost/Function``.
/// Dates are nanoseconds since 1970. Documents without the field keep their score.
public struct FieldBoost: Sendable, Hashable {
  /// The field's name.
  public var field: String
  /// The function of its value.
  public var function: ColumnBoost.Function
  /// By how much of itself a score grows where the function is 1; not negative.
  public var weight: Float

  /// Makes a boost.
  public init(_ field: String, _ function: ColumnBoost.Function, weight: Float = 1) {
    self.field = field
    self.function = function
    self.weight = weight
  }

  /// The boosts of the index.
  ///
  /// - Throws: ``QueryError`` for a field that has no numbers and no dates.
  func boosts(_ schema: Schema) throws -> [ColumnBoost] {
    let columns = schema.columns(of: field)
    if columns.isEmpty {
      let known = schema.namesOfColumns.joined(separator: ", ")
      throw QueryError(
        "scores are not raised by \"\(field)\"; "
          + (known.isEmpty ? "the index has no field of numbers or dates" : "they can be by: \(known)"), nil)
    }
    return columns.map { ColumnBoost(field: $0, function, weight: weight) }
  }
}

/// Favours documents that are new: a document gains ``RankingWeights/recency`` times its score when it is of now, half of
/// that after the half-life, a quarter after two. Files count by the time of their last change, other documents by a
/// field of dates. A time to come counts like one as long ago.
public struct RecencyBoost: Sendable, Hashable {
  /// After how many days the gain is half; above 0.
  public var halfLifeInDays: Double
  /// The field of dates (ISO 8601) of documents that are no files.
  public var field: String
  /// What counts as now, in seconds since 1970.
  public var now: Double

  /// Makes a boost; `now` is the time of the call unless given.
  public init(halfLifeInDays: Double, field: String = Self.defaultField, now: Double? = nil) {
    self.halfLifeInDays = halfLifeInDays
    self.field = field
    self.now = now ?? Date().timeIntervalSince1970
  }

  /// The field that counts unless another is named.
  public static let defaultField = "date"

  /// The boosts of the index: none where no document has a date.
  ///
  /// - Throws: ``QueryError`` for a named field that has no dates.
  func boosts(_ schema: Schema, weight: Float) throws -> [ColumnBoost] {
    let dates = schema.number(of: StandardField.datePrefix + field)
    if dates == nil, field != Self.defaultField { throw QueryError("\"\(field)\" is no field of dates", nil) }
    if weight <= 0 { return [] }
    let function = ColumnBoost.Function.decay(origin: now * 1e9, halfDistance: halfLifeInDays * 86_400e9)
    return [schema.number(of: StandardField.modified), dates].compactMap { $0 }.map {
      ColumnBoost(field: $0, function, weight: weight)
    }
  }
}
