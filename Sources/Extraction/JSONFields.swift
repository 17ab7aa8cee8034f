// The fields of a parsed JSON line, without copies.

import CJSON

/// The fields of a record, valid as long as the record is.
public struct JSONFields: RandomAccessCollection {
  /// A field with its raw value.
  public struct Element {
    /// The name as UTF-8.
    public let name: UnsafeBufferPointer<UInt8>
    /// The value.
    public let value: Value
  }

  /// The value of a field; texts are UTF-8.
  public enum Value {
    /// A text.
    case string(UnsafeBufferPointer<UInt8>)
    /// A number.
    case number(Double)
    /// True or false.
    case bool(Bool)

    /// A copy that outlives the record.
    public var copy: JSONFieldValue {
      switch self {
      case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
      case .number(let number): .number(number)
      case .bool(let bool): .bool(bool)
      }
    }
  }

  private let fields: UnsafeBufferPointer<cjson_field>

  init(_ fields: UnsafeBufferPointer<cjson_field>) { self.fields = fields }

  /// The index of the first field.
  public var startIndex: Int { 0 }
  /// The number of fields.
  public var endIndex: Int { fields.count }

  /// The field at an index; O(1).
  public subscript(index: Int) -> Element {
    let field = fields[index]
    let value: Value =
      switch field.kind {
      case CJSON_NUMBER: .number(field.number)
      case CJSON_BOOL: .bool(field.number != 0)
      default: .string(field.string.buffer)
      }
    return Element(name: field.name.buffer, value: value)
  }
}
