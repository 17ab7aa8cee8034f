// What results are sorted by.

import InvertedIndex

/// A field to sort results by: of numbers, of dates, or the score.
public struct SortField: Sendable, Hashable {
  /// The name that stands for the score.
  public static let score = "_score"

  /// The field's name, or ``score``.
  public var field: String
  /// Whether high values come first. Documents without a value come last either way.
  public var isDescending: Bool

  /// Makes a field.
  public init(_ field: String, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }

  /// Reads `FIELD`, `FIELD:asc` or `FIELD:desc`; nil for anything else. Without a direction numbers ascend and scores
  /// descend.
  public init?(_ text: Substring) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty else { return nil }
    switch parts.dropFirst().first {
    case nil: self.init(String(name), isDescending: name == Self.score)
    case "asc": self.init(String(name))
    case "desc": self.init(String(name), isDescending: true)
    default: return nil
    }
  }

  /// The key of the index.
  ///
  /// - Throws: ``QueryError`` for a field whose values have no order, or that is none.
  func key(_ schema: Schema) throws -> SortKey {
    if field == Self.score { return SortKey(.score, isDescending: isDescending) }
    if let column = schema.columns(of: field).first { return SortKey(.column(column), isDescending: isDescending) }
    let known = ([Self.score] + schema.namesOfColumns).joined(separator: ", ")
    throw QueryError("results are not sorted by \"\(field)\"; they can be by: \(known)", nil)
  }
}

extension Schema {
  /// The columns that a field of numbers or of dates is kept in.
  func columns(of field: String) -> [FieldNumber] {
    [field, StandardField.datePrefix + field].compactMap(number).filter { self.field($0)?.type != .text }
  }

  /// The names of all fields of numbers and of dates, in order.
  var namesOfColumns: [String] {
    let names = fields.filter { $0.type != .text }.map(\.name).map {
      $0.hasPrefix(StandardField.datePrefix) ? String($0.dropFirst(StandardField.datePrefix.count)) : $0
    }
    return names.filter { !StandardField.isReserved($0) }.sorted()
  }
}
