// Writes numeric columns: one value or none for each document.
//
//   Columns   := Column* Directory trailer
//   Column    := presence:u64^((documents + 63) / 64) only where not every document has a value
//                pad8 value:(unsigned, width bytes)^documents          width is 0, 1, 2, 4 or 8
//   Directory := count:varint (field:varint type:u8 width:u8 dense:u8 base:u64 offset:varint)^count
//   trailer   := directoryOffset:u64
//
// A stored value is the number's ordered 64-bit form less `base`, the smallest of the column; documents
// without a value hold 0. Integers are their two's complement with the sign bit turned over, reals their
// IEEE 754 bits made to order as numbers do.

internal import Storage

/// Turns numbers into unsigned ones that order alike, and back.
enum OrderedBits {
  static func of(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }
  static func integer(_ bits: UInt64) -> Int64 { Int64(bitPattern: bits ^ (1 << 63)) }
  static func of(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    return bits & (1 << 63) != 0 ? ~bits : bits | (1 << 63)
  }
  static func real(_ bits: UInt64) -> Double {
    Double(bitPattern: bits & (1 << 63) != 0 ? bits & ~(1 << 63) : ~bits)
  }
}

/// The values of one column while a segment is built, in ascending document order.
struct ColumnValues {
  let type: FieldSchema.ValueType
  private(set) var documents: [DocID] = []
  private(set) var bits: [UInt64] = []

  init(type: FieldSchema.ValueType) { self.type = type }

  /// Sets the value of a document, which is not below the last one set; a second value replaces the first.
  mutating func set(_ value: UInt64, for document: DocID) {
    if documents.last == document {
      bits[bits.count - 1] = value
    } else {
      documents.append(document)
      bits.append(value)
    }
  }

  /// Forgets the values of a document and those behind it.
  mutating func truncate(from document: DocID) {
    while let last = documents.last, last >= document {
      documents.removeLast()
      bits.removeLast()
    }
  }

  var memory: Int { 12 * documents.count }
}

/// A column to be written.
struct ColumnSource {
  let field: FieldNumber
  let type: FieldSchema.ValueType
  /// Calls its argument with each document that has a value, in ascending order, and the value's bits. The same each time.
  let forEach: ((DocID, UInt64) throws(IndexError) -> Void) throws(IndexError) -> Void
}

extension ColumnSource {
  /// The column of a segment that is built.
  init(_ field: FieldNumber, _ values: ColumnValues) {
    self.init(field: field, type: values.type) { (body) throws(IndexError) in
      for (document, bits) in zip(values.documents, values.bits) { try body(document, bits) }
    }
  }
}

/// Writes the columns file of a segment. Holds no column: each source is walked over three times.
enum ColumnsWriter {
  static func write(_ columns: [ColumnSource], documentCount: Int, to file: IndexFileWriter) throws(IndexError)
    -> IndexFileSummary
  {
    var directory = ByteWriter()
    directory.varint(UInt64(columns.count))
    for column in columns {
      try file.align(to: 8)
      let offset = file.position
      var count = 0
      var base = UInt64.max
      var highest: UInt64 = 0
      try column.forEach { (_, bits) in
        count += 1
        base = min(base, bits)
        highest = max(highest, bits)
      }
      if count == 0 { base = 0 }
      let span = highest - base
      let width = span == 0 ? 0 : span < 1 << 8 ? 1 : span < 1 << 16 ? 2 : span < 1 << 32 ? 4 : 8
      if count < documentCount { try writePresence(column, documentCount, to: file) }
      if width > 0 { try writeValues(column, documentCount, base: base, width: width, to: file) }
      directory.varint(UInt64(column.field))
      directory.u8(column.type.rawValue)
      directory.u8(UInt8(width))
      directory.u8(count == documentCount ? 1 : 0)
      directory.u64(base)
      directory.varint(UInt64(offset))
    }
    try file.align(to: 8)
    let directoryOffset = file.position
    directory.u64(UInt64(directoryOffset))
    try file.write(directory)
    return try file.finish()
  }

  private static func writePresence(_ column: ColumnSource, _ documentCount: Int, to file: IndexFileWriter)
    throws(IndexError)
  {
    var words = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
    try column.forEach { (document, _) in words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
    var presence = ByteWriter()
    for word in words { presence.u64(word) }
    try file.write(presence)
  }

  private static func writeValues(
    _ column: ColumnSource, _ documentCount: Int, base: UInt64, width: Int, to file: IndexFileWriter
  ) throws(IndexError) {
    var bytes: [UInt8] = []
    func flush() throws(IndexError) {
      unsafe try bytes.withUnsafeBufferPointer { (raw) throws(IndexError) in
        try unsafe file.write(UnsafeRawBufferPointer(raw))
      }
      bytes.removeAll(keepingCapacity: true)
    }
    func fill(_ count: Int) throws(IndexError) {
      var left = count * width
      while left > 0 {
        let part = min(left, bytesOfBuffer)
        bytes.append(contentsOf: repeatElement(0, count: part))
        left -= part
        if bytes.count >= bytesOfBuffer { try flush() }
      }
    }
    var next = 0
    try column.forEach { (document, bits) throws(IndexError) in
      precondition(Int(document) >= next && Int(document) < documentCount, "a column out of order")
      try fill(Int(document) - next)
      next = Int(document) + 1
      var rest = bits - base
      for _ in 0..<width {
        bytes.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      }
      if bytes.count >= bytesOfBuffer { try flush() }
    }
    try fill(documentCount - next)
    try flush()
  }

  private static let bytesOfBuffer = 1 << 16
}
