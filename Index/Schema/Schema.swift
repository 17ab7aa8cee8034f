// Fields and term spaces: how the terms of an index are told apart.

/// A field's number within one index.
public typealias FieldNumber = UInt16

/// A number of its own for each kind of term within a field, so that a word and a bigram that are
/// spelled alike stay two terms.
public typealias TermSpace = UInt8

/// A document's number within a segment, counted from 0.
public typealias DocID = UInt32

extension DocID {
  /// Greater than every document number: what an exhausted cursor stands on.
  @inlinable public static var end: DocID { DocID(Int32.max) }
}

/// One term: where it is looked up and its bytes.
public struct Term: Hashable, Sendable {
  /// The field's number.
  public var field: FieldNumber
  /// The kind of term within the field.
  public var space: TermSpace
  /// The term's bytes, compared as unsigned bytes.
  public var bytes: [UInt8]

  /// Makes a term from its parts.
  public init(field: FieldNumber, space: TermSpace = 0, bytes: [UInt8]) {
    self.field = field
    self.space = space
    self.bytes = bytes
  }

  /// Makes a term from its parts, with the UTF-8 bytes of a string.
  public init(field: FieldNumber, space: TermSpace = 0, _ text: String) {
    self.init(field: field, space: space, bytes: Array(text.utf8))
  }
}

/// How one field is treated.
public struct FieldSchema: Hashable, Sendable {
  /// What the values of a field are.
  public enum ValueType: UInt8, Sendable {
    /// Text: terms and a length for each document.
    case text = 0
    /// Whole numbers (or moments in time) in a column.
    case integer = 1
    /// Floating-point numbers in a column.
    case real = 2
  }

  /// The field's name, unique within the index.
  public var name: String
  /// The type of its values.
  public var type: ValueType
  /// The term spaces that keep positions, as a bit set (bit n stands for space n).
  public var spacesWithPositions: UInt32

  /// Makes a field.
  public init(name: String, type: ValueType = .text, spacesWithPositions: UInt32 = 0) {
    self.name = name
    self.type = type
    self.spacesWithPositions = spacesWithPositions
  }

  /// Whether the terms of a space carry positions. Spaces from 32 on never do.
  public func hasPositions(_ space: TermSpace) -> Bool {
    space < 32 && spacesWithPositions & (1 << UInt32(space)) != 0
  }
}

/// The fields of an index. Fields are added, never removed or changed.
public struct Schema: Sendable, Equatable {
  /// The fields; a field's number is its place here.
  public private(set) var fields: [FieldSchema] = []
  private var numbers: [String: FieldNumber] = [:]

  /// The reserved field that holds each document's external id as its one term.
  public static let idFieldName = "_id"
  /// The number of the reserved id field.
  public static let idField: FieldNumber = 0

  /// Makes a schema with the reserved id field and the given ones.
  ///
  /// - Precondition: the names differ from one another and from `_id`, and there are at most
  ///   ``IndexLimits/fields`` of them.
  public init(fields: [FieldSchema] = []) {
    self.fields = [FieldSchema(name: Self.idFieldName)]
    numbers = [Self.idFieldName: Self.idField]
    for field in fields {
      let added = add(field)
      precondition(added != nil, "too many fields, or the name \(field.name) twice")
    }
  }

  /// Appends a field; nil when the name is taken or the schema is full.
  public mutating func add(_ field: FieldSchema) -> FieldNumber? {
    guard numbers[field.name] == nil, fields.count <= IndexLimits.fields else { return nil }
    let number = FieldNumber(fields.count)
    numbers[field.name] = number
    fields.append(field)
    return number
  }

  /// The number of the field with this name. O(1).
  public func number(of name: String) -> FieldNumber? { numbers[name] }

  /// The field with this number, or nil where there is none.
  public func field(_ number: FieldNumber) -> FieldSchema? {
    Int(number) < fields.count ? fields[Int(number)] : nil
  }
}
