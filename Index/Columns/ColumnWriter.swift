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

/// Writes the columns file of a segment.
enum ColumnsWriter {
  static func write(
    _ columns: [(field: FieldNumber, values: ColumnValues)], documentCount: Int, to file: IndexFileWriter
  ) throws(IndexError) -> IndexFileSummary {
    var directory = ByteWriter()
    directory.varint(UInt64(columns.count))
    for (field, values) in columns {
      try file.align(to: 8)
      let offset = file.position
      let dense = values.documents.count == documentCount
      let base = values.bits.min() ?? 0
      let span = (values.bits.max() ?? 0) - base
      let width = span == 0 ? 0 : span < 1 << 8 ? 1 : span < 1 << 16 ? 2 : span < 1 << 32 ? 4 : 8
      if !dense {
        var words = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
        for document in values.documents { words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
        var presence = ByteWriter()
        for word in words { presence.u64(word) }
        try file.write(presence)
      }
      if width > 0 {
        var bytes = [UInt8](repeating: 0, count: documentCount * width)
        for (document, bits) in zip(values.documents, values.bits) {
          var rest = bits - base
          for byte in 0..<width {
            bytes[Int(document) * width + byte] = UInt8(truncatingIfNeeded: rest)
            rest >>= 8
          }
        }
        unsafe try bytes.withUnsafeBufferPointer { (raw) throws(IndexError) in
          try unsafe file.write(UnsafeRawBufferPointer(raw))
        }
      }
      directory.varint(UInt64(field))
      directory.u8(values.type.rawValue)
      directory.u8(UInt8(width))
      directory.u8(dense ? 1 : 0)
      directory.u64(base)
      directory.varint(UInt64(offset))
    }
    try file.align(to: 8)
    let directoryOffset = file.position
    directory.u64(UInt64(directoryOffset))
    try file.write(directory)
    return try file.finish()
  }
}
