// Reads numeric columns; the layout is in `ColumnWriter.swift`.

internal import Storage

/// The columns of a segment.
final class Columns: Sendable {
  private let byField: [FieldNumber: Column]

  /// - Throws: `corrupt` when the directory does not fit the file.
  init(file: IndexFile, documentCount: Int) throws(IndexError) {
    func corrupt(_ message: String) -> IndexError { IndexError(.corrupt, message, file: file.name) }
    guard file.count >= 9 else { throw corrupt("too short for columns") }
    var trailer = try file.reader(file.count - 8..<file.count)
    let directory = try trailer.u64()
    guard directory < UInt64(file.count - 8) else { throw corrupt("the directory of columns is out of range") }
    var reader = try file.reader(Int(directory)..<file.count - 8)
    let count = try reader.count(max: IndexLimits.fields + 1)
    var columns: [FieldNumber: Column] = [:]
    for _ in 0..<count {
      let field = try reader.varint64()
      let type = FieldSchema.ValueType(rawValue: try reader.u8())
      let width = Int(try reader.u8())
      let dense = try reader.u8()
      let base = try reader.u64()
      let offset = try reader.varint64()
      let presenceLength = dense == 1 ? 0 : (documentCount + 63) / 64 * 8
      guard field <= UInt64(FieldNumber.max), let type, type != .text, [0, 1, 2, 4, 8].contains(width), dense <= 1,
        offset <= directory, presenceLength + width * documentCount <= Int(directory - offset)
      else { throw corrupt("a column is out of range") }
      let start = Int(offset)
      let values = start + presenceLength..<start + presenceLength + width * documentCount
      let column = Column(
        file: file, type: type, base: base, width: width, presence: start..<start + presenceLength, values: values,
        documentCount: documentCount)
      guard columns.updateValue(column, forKey: FieldNumber(field)) == nil else {
        throw corrupt("a column occurs twice")
      }
    }
    guard reader.isAtEnd else { throw corrupt("bytes follow the directory of columns") }
    byField = columns
  }

  /// The column of a field; nil where no document of the segment has a value.
  func column(of field: FieldNumber) -> Column? { byField[field] }

  /// The fields with a column.
  var fields: [FieldNumber] { byField.keys.sorted() }
}

/// One column of a segment.
struct Column: Sendable {
  fileprivate let file: IndexFile
  let type: FieldSchema.ValueType
  fileprivate let base: UInt64
  fileprivate let width: Int
  fileprivate let presence: Range<Int>
  fileprivate let values: Range<Int>
  fileprivate let documentCount: Int

  /// The value's ordered bits; nil where the document has none.
  ///
  /// - Precondition: `document` is below the segment's number of documents.
  func bits(_ document: DocID) throws(IndexError) -> UInt64? {
    let document = Int(document)
    precondition(document < documentCount)
    if !presence.isEmpty {
      let at = presence.lowerBound + document / 8
      let byte = try unsafe file.bytes(at..<at + 1)[0]
      if byte & (1 << UInt8(document % 8)) == 0 { return nil }
    }
    var value: UInt64 = 0
    if width > 0 {
      let at = values.lowerBound + document * width
      let bytes = try unsafe file.bytes(at..<at + width)
      for place in (0..<width).reversed() { value = value << 8 | UInt64(unsafe bytes[place]) }
    }
    return base &+ value
  }

  /// The value as a number; nil where the document has none.
  ///
  /// - Precondition: as for ``bits(_:)``.
  func number(_ document: DocID) throws(IndexError) -> Double? {
    try bits(document).map { type == .integer ? Double(OrderedBits.integer($0)) : OrderedBits.real($0) }
  }
}
