// What results are counted by.

import InvertedIndex

/// A field to count results by: of strings or numbers by their values, of numbers or dates by intervals.
///
/// Strings are counted whole, as they were given, up to 256 UTF-8 bytes; longer ones are left out, and so are titles,
/// texts and paths.
public struct FacetField: Sendable, Hashable {
  /// What values are taken together.
  public enum Interval: Sendable, Hashable {
    /// Numbers from a multiple of a width up to the next; above 0 and finite.
    case width(Double)
    /// Dates of a year (UTC).
    case year
    /// Dates of a month (UTC).
    case month
    /// Dates of a day (UTC).
    case day
  }

  /// The field's name.
  public var field: String
  /// How many values are wanted, those with the most documents.
  public var limit: Int
  /// What values are taken together; nil for each by itself.
  public var interval: Interval?

  /// Makes a field.
  public init(_ field: String, limit: Int = 10, interval: Interval? = nil) {
    self.field = field
    self.limit = limit
    self.interval = interval
  }

  /// Reads `FIELD`, `FIELD:N`, `FIELD/INTERVAL` or `FIELD:N/INTERVAL`, where the interval is a number above 0, `year`,
  /// `month` or `day`; nil for anything else. Without a number the limit is 10.
  public init?(_ text: Substring) {
    var rest = text
    var interval: Interval?
    if let slash = rest.lastIndex(of: "/") {
      guard let read = Self.interval(rest[rest.index(after: slash)...]) else { return nil }
      interval = read
      rest = rest[..<slash]
    }
    var limit = 10
    if let colon = rest.lastIndex(of: ":") {
      guard let number = Int(rest[rest.index(after: colon)...]), number > 0 else { return nil }
      limit = number
      rest = rest[..<colon]
    }
    if rest.isEmpty { return nil }
    self.init(String(rest), limit: limit, interval: interval)
  }

  private static func interval(_ text: Substring) -> Interval? {
    switch text {
    case "year": return .year
    case "month": return .month
    case "day": return .day
    default:
      guard let width = Double(text), width > 0, width.isFinite else { return nil }
      return .width(width)
    }
  }

  /// The facet of the index.
  ///
  /// - Throws: ``QueryError`` for a field that results are not counted by, or not in such intervals.
  func facet(_ schema: Schema) throws -> Facet {
    if !StandardField.isReserved(field), let source = source(schema) { return Facet(source, limit: limit) }
    let how = interval == nil ? "" : " in such intervals"
    let known = known(schema).joined(separator: ", ")
    throw QueryError(
      "results are not counted by \"\(field)\"\(how)" + (known.isEmpty ? "" : "; they can be by: \(known)"), nil)
  }

  private func source(_ schema: Schema) -> Facet.Source? {
    switch interval {
    case nil:
      if let number = schema.number(of: field), schema.field(number)?.type == .real { return .reals(number) }
      return schema.number(of: StandardField.valuePrefix + field).map { .terms($0, 0) }
    case .width(let width):
      guard width > 0, width.isFinite, let number = schema.number(of: field), schema.field(number)?.type == .real else {
        return nil
      }
      return .reals(number) { ($0 / width).rounded(.down) * width }
    case .year: return dates(schema) { Int64($0.year) }
    case .month: return dates(schema) { Int64($0.year * 12 + $0.month - 1) }
    case .day: return dates(schema) { Int64(($0.year * 12 + $0.month - 1) * 31 + $0.day - 1) }
    }
  }

  private func dates(
    _ schema: Schema, _ number: @escaping @Sendable ((year: Int, month: Int, day: Int)) -> Int64
  ) -> Facet.Source? {
    schema.number(of: StandardField.datePrefix + field).map { column in
      .integers(column) { number(ISODate.date(nanoseconds: $0)) }
    }
  }

  /// The fields that results are counted by in this way.
  private func known(_ schema: Schema) -> [String] {
    let prefix: String
    switch interval {
    case nil: prefix = StandardField.valuePrefix
    case .width: prefix = ""
    case .year, .month, .day: prefix = StandardField.datePrefix
    }
    var names = prefix.isEmpty ? [] : schema.fields.map(\.name).filter { $0.hasPrefix(prefix) }
    names = names.map { String($0.dropFirst(prefix.count)) }
    if prefix != StandardField.datePrefix { names += schema.fields.filter { $0.type == .real }.map(\.name) }
    return names.sorted()
  }

  /// What the index counted, with values as text.
  func result(_ counts: FacetCounts) -> SearchResult.Facet {
    SearchResult.Facet(
      field: self, counts: counts.counts.map { .init(value: text($0.value), documents: $0.documents) },
      valueCount: counts.valueCount, documentCount: counts.documentCount)
  }

  private func text(_ value: FacetValue) -> String {
    switch value {
    case .term(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .real(let number):
      let text = "\(number)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .integer(let number):
      // The numbers of `source`, taken apart.
      func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(abs(number))
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
      }
      let number = Int(number)
      if interval == .year { return padded(number, 4) }
      let months = interval == .day ? number / 31 : number
      let month = padded(months / 12, 4) + "-" + padded(months % 12 + 1, 2)
      return interval == .day ? month + "-" + padded(number % 31 + 1, 2) : month
    }
  }
}
