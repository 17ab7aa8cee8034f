// Reads ids and stored fields of documents.

public import Storage

/// Fetches documents of a snapshot; keeps the last block of each segment decompressed. One per thread.
public final class DocumentReader {
  private let reader: IndexReader
  private var ids: [Int: BlockStore.Reader] = [:]
  private var stores: [Int: BlockStore.Reader] = [:]

  init(_ reader: IndexReader) { self.reader = reader }

  /// The external id of a document.
  public func id(of address: DocAddress) throws(IndexError) -> String {
    let bytes = try reader(of: address, \.ids, &ids).record(address.document)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The stored values of a document in the order in which they were stored; empty where nothing was.
  public func storedFields(of address: DocAddress) throws(IndexError) -> [(field: FieldNumber, value: [UInt8])] {
    let record = try reader(of: address, \.store, &stores).record(address.document)
    let file = reader.segments[address.segment].info.fileName(.store)
    return unsafe try record.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      var fields: [(field: FieldNumber, value: [UInt8])] = []
      guard var cursor = unsafe RawCursor(UnsafeRawBufferPointer(bytes)) else { return fields }
      while cursor.remaining > 0 {
        let field = cursor.count()
        let length = cursor.count()
        guard let start = unsafe cursor.bytes(length), field <= Int(FieldNumber.max), !cursor.failed else {
          throw IndexError(.corrupt, "a stored document is malformed", file: file)
        }
        unsafe fields.append((FieldNumber(field), Array(UnsafeBufferPointer(start: start, count: length))))
      }
      return fields
    }
  }

  /// A document's value in an integer column.
  public func integer(_ field: FieldNumber, of address: DocAddress) throws(IndexError) -> Int64? {
    guard let column = reader.segments[address.segment].columns?.column(of: field), column.type == .integer else {
      return nil
    }
    return try column.bits(address.document).map(OrderedBits.integer)
  }

  private func reader(
    of address: DocAddress, _ part: KeyPath<SegmentReader, BlockStore>, _ cache: inout [Int: BlockStore.Reader]
  ) throws(IndexError) -> BlockStore.Reader {
    if let known = cache[address.segment] { return known }
    let made = try BlockStore.Reader(reader.segments[address.segment][keyPath: part])
    cache[address.segment] = made
    return made
  }
}
