// Ranges over text, numbers and dates.

import Analysis
import InvertedIndex
import QueryLanguage

/// A query that parses but cannot be asked.
public struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// The part of the query it is about, in UTF-8 bytes, where that is known.
  public let range: Range<Int>?

  init(_ message: String, _ range: Range<Int>?) {
    self.message = message
    self.range = range
  }

  /// The message.
  public var description: String { message }
}

/// Lowers ranges by the type of their field.
struct RangeLowering {
  let schema: Schema
  /// The space of the terms that ranges and patterns select from.
  let space: TermSpace
  let fold: (String) -> String

  func lower(_ lower: RangeBound, _ upper: RangeBound, _ field: FieldNumber, _ place: Range<Int>?) throws -> Query {
    guard let schemaField = schema.field(field) else { return .none }
    switch schemaField.type {
    case .real: return try reals(lower, upper, field, place)
    case .integer: return try integers(lower, upper, field, place, read: { Int64($0) })
    case .text:
      if let dates = schema.number(of: StandardField.datePrefix + schemaField.name),
        isDate(lower), isDate(upper), lower != .unbounded || upper != .unbounded
      {
        return try integers(lower, upper, dates, place, read: ISODate.nanoseconds)
      }
      return terms(lower, upper, field)
    }
  }

  private func isDate(_ bound: RangeBound) -> Bool {
    switch bound {
    case .unbounded: true
    case .inclusive(let text), .exclusive(let text): ISODate.nanoseconds(text) != nil
    }
  }

  private func terms(_ lower: RangeBound, _ upper: RangeBound, _ field: FieldNumber) -> Query {
    func parts(_ bound: RangeBound) -> (bytes: [UInt8]?, isIncluded: Bool) {
      switch bound {
      case .unbounded: (nil, true)
      case .inclusive(let text): (Array(fold(text).utf8), true)
      case .exclusive(let text): (Array(fold(text).utf8), false)
      }
    }
    let low = parts(lower)
    let high = parts(upper)
    return .selection(
      TermSelection(
        field: field, space: space,
        pattern: .range(
          lower: low.bytes, includesLower: low.isIncluded, upper: high.bytes, includesUpper: high.isIncluded)))
  }

  private func integers(
    _ lower: RangeBound, _ upper: RangeBound, _ field: FieldNumber, _ place: Range<Int>?, read: (String) -> Int64?
  ) throws -> Query {
    let low: Int64
    switch lower {
    case .unbounded: low = .min
    case .inclusive(let text): low = try value(text, place, read)
    case .exclusive(let text):
      let bound = try value(text, place, read)
      if bound == .max { return .none }
      low = bound + 1
    }
    let high: Int64
    switch upper {
    case .unbounded: high = .max
    case .inclusive(let text): high = try value(text, place, read)
    case .exclusive(let text):
      let bound = try value(text, place, read)
      if bound == .min { return .none }
      high = bound - 1
    }
    return low <= high ? .columnRange(ColumnRange(field: field, bounds: .integers(low...high))) : .none
  }

  private func reals(_ lower: RangeBound, _ upper: RangeBound, _ field: FieldNumber, _ place: Range<Int>?) throws
    -> Query
  {
    let read: (String) -> Double? = { text in Double(text).flatMap { $0.isNaN ? nil : $0 } }
    let low: Double =
      switch lower {
      case .unbounded: -.infinity
      case .inclusive(let text): try value(text, place, read)
      case .exclusive(let text): try value(text, place, read).nextUp
      }
    let high: Double =
      switch upper {
      case .unbounded: .infinity
      case .inclusive(let text): try value(text, place, read)
      case .exclusive(let text): try value(text, place, read).nextDown
      }
    return low <= high ? .columnRange(ColumnRange(field: field, bounds: .reals(low...high))) : .none
  }

  private func value<Value>(_ text: String, _ place: Range<Int>?, _ read: (String) -> Value?) throws -> Value {
    guard let value = read(text) else {
      throw QueryError("\"\(text)\" is not a value that this field can be compared with", place)
    }
    return value
  }
}
