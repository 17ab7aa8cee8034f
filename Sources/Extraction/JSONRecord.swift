// A parsed JSON line, as views of the parser's memory.

import CJSON

/// The members of a JSON line, valid until the parser's next call.
///
/// All text is valid UTF-8. A title or text that is missing or null is empty.
public struct JSONRecord {
  private let record: cjson_record

  init(_ record: cjson_record) { self.record = record }

  /// The id; a number stands as it was written.
  public var id: UnsafeBufferPointer<UInt8> { record.id.buffer }
  /// The title, or nothing.
  public var title: UnsafeBufferPointer<UInt8> { record.title.buffer }
  /// The text, or nothing.
  public var text: UnsafeBufferPointer<UInt8> { record.text.buffer }

  /// The other members, in their order. A member of a nested object is called by its path joined with dots, the elements
  /// of an array by the array's name, once for each; null is left out.
  public var fields: JSONFields { JSONFields(UnsafeBufferPointer(start: record.fields, count: record.field_count)) }
}

extension cjson_slice {
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }
}
