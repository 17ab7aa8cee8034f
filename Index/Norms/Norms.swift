// Field lengths of the documents of a segment.
//
//   Norms := count:varint (field:varint)^count pad64 (code:u8^documents pad64)^count
//
// A code is what `FieldLength.encode` makes of the field's length in the document, 0 where the document does
// not have the field.

internal import Storage

/// Writes the norms file of a segment.
enum NormsWriter {
  /// Each field's codes have one byte for every document; they are asked for one field after another.
  static func write(
    _ fields: [FieldNumber], _ codes: (FieldNumber) throws(IndexError) -> [UInt8], to file: IndexFileWriter
  ) throws(IndexError) -> IndexFileSummary {
    var header = ByteWriter()
    header.varint(UInt64(fields.count))
    for field in fields { header.varint(UInt64(field)) }
    try file.write(header)
    for field in fields {
      try file.align(to: 64)
      unsafe try codes(field).withUnsafeBufferPointer { (bytes) throws(IndexError) in
        try unsafe file.write(UnsafeRawBufferPointer(bytes))
      }
    }
    try file.align(to: 64)
    return try file.finish()
  }
}

/// Reads the norms file of a segment.
final class Norms: Sendable {
  private let file: IndexFile
  private let offsets: [FieldNumber: Int]
  private let documentCount: Int

  /// - Throws: `corrupt` when the fields do not fit the file.
  init(file: IndexFile, documentCount: Int) throws(IndexError) {
    self.file = file
    self.documentCount = documentCount
    var reader = try file.reader(0..<min(file.count, 4 * (IndexLimits.fields + 2)))
    let count = try reader.count(max: IndexLimits.fields + 1)
    var fields: [FieldNumber] = []
    for _ in 0..<count {
      let field = try reader.varint64()
      guard field <= UInt64(FieldNumber.max) else {
        throw IndexError(.corrupt, "a field number is out of range", file: file.name)
      }
      fields.append(FieldNumber(field))
    }
    let aligned = { (offset: Int) in (offset + 63) / 64 * 64 }
    var offset = aligned(min(file.count, 4 * (IndexLimits.fields + 2)) - reader.remaining)
    var offsets: [FieldNumber: Int] = [:]
    for field in fields {
      offsets[field] = offset
      offset = aligned(offset + documentCount)
    }
    guard offsets.count == fields.count, offset == file.count else {
      throw IndexError(.corrupt, "the field lengths do not fill their file", file: file.name)
    }
    self.offsets = offsets
  }

  /// The fields that have lengths.
  var fields: [FieldNumber] { offsets.keys.sorted() }

  /// One code for each document; nil where no document of the segment has the field. Valid while this object
  /// lives.
  func codes(of field: FieldNumber) throws(IndexError) -> UnsafeBufferPointer<UInt8>? {
    guard let offset = offsets[field] else { return nil }
    return unsafe try file.bytes(offset..<offset + documentCount).assumingMemoryBound(to: UInt8.self)
  }
}
