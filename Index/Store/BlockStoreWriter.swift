// Writes one record of bytes for each document, compressed in blocks.
//
//   BlockStore := Frame^N pad8 BlockIndex trailer
//   Frame      := a Zstandard frame of: length:u32^(documents of the block) record:bytes^(documents)
//   BlockIndex := (firstDocument:u32 rawLength:u32 offset:u64)^N
//   trailer    := indexOffset:u64 blocks:u64 documents:u64
//
// A block is closed when its records reach the block size, so a longer record is alone in its block.
// Blocks lie one behind the other from offset 0 to the padding.

internal import Storage

/// Writes the `store` or `ids` file of a segment, document after document.
@safe
final class BlockStoreWriter {
  /// The raw length from which a block of stored fields is closed, in bytes.
  static let storeBlockSize = 32 << 10
  /// The same for ids, which are read one by one for each hit.
  static let idBlockSize = 4 << 10
  /// Records from this length on, in bytes, are compressed straight from the caller's memory.
  private static let longRecord = 1 << 20

  private let file: IndexFileWriter
  private let blockSize: Int
  private let compressor: BlockCompressor
  private let records = EncodeBuffer()
  private let raw = EncodeBuffer()
  private let frame = EncodeBuffer()
  private var lengths: [UInt32] = []
  private let index = EncodeBuffer()
  private var blocks = 0
  private var documents = 0

  init(file: IndexFileWriter, blockSize: Int) throws(IndexError) {
    self.file = file
    self.blockSize = blockSize
    compressor = try BlockCompressor()
  }

  /// Bytes held in memory.
  var memory: Int { records.memory + raw.memory + frame.memory + index.memory + 4 * lengths.capacity }

  /// Adds the record of the next document.
  func add(_ record: UnsafeRawBufferPointer) throws(IndexError) {
    if record.count >= Self.longRecord { return unsafe try add(long: record) }
    unsafe records.append(record.assumingMemoryBound(to: UInt8.self))
    lengths.append(UInt32(truncatingIfNeeded: record.count))
    documents += 1
    if records.count >= blockSize { try finishBlock() }
  }

  /// Writes a block of one record without keeping it.
  private func add(long record: UnsafeRawBufferPointer) throws(IndexError) {
    try finishBlock()
    guard record.count <= Int(Int32.max) - 4 else { throw IndexError(.limitExceeded, "a stored document is too large") }
    appendIndexEntry(rawLength: record.count + 4)
    documents += 1
    let length = UInt32(record.count).littleEndian
    unsafe try withUnsafeBytes(of: length) { (length) throws(IndexError) in
      unsafe try compressor.compress([length, record]) { (bytes) throws(IndexError) in try unsafe file.write(bytes) }
    }
  }

  /// Takes over blocks of another store as they are; see ``BlockStore/copyBlocks(to:)``.
  func add(frame bytes: UnsafeRawBufferPointer, rawLength: Int, documents count: Int) throws(IndexError) {
    try finishBlock()
    appendIndexEntry(rawLength: rawLength)
    try unsafe file.write(bytes)
    documents += count
  }

  private func appendIndexEntry(rawLength: Int) {
    index.append(u32: UInt32(documents - lengths.count))
    index.append(u32: UInt32(rawLength))
    let offset = UInt64(file.position)
    index.append(u32: UInt32(truncatingIfNeeded: offset))
    index.append(u32: UInt32(truncatingIfNeeded: offset >> 32))
    blocks += 1
  }

  private func finishBlock() throws(IndexError) {
    guard !lengths.isEmpty else { return }
    raw.removeAll()
    for length in lengths { raw.append(u32: length) }
    raw.append(contentsOf: records)
    guard raw.count <= Int(Int32.max) else { throw IndexError(.limitExceeded, "a stored document is too large") }
    appendIndexEntry(rawLength: raw.count)
    frame.removeAll()
    unsafe try raw.withBytes { (bytes) throws(IndexError) in try unsafe compressor.compress(bytes, into: frame) }
    unsafe try frame.withBytes { (bytes) throws(IndexError) in try unsafe file.write(bytes) }
    records.removeAll()
    lengths.removeAll(keepingCapacity: true)
  }

  /// Writes the last block and the index, and finishes the file.
  func finish() throws(IndexError) -> IndexFileSummary {
    try finishBlock()
    try file.align(to: 8)
    let indexOffset = file.position
    unsafe try index.withBytes { (bytes) throws(IndexError) in try unsafe file.write(bytes) }
    var trailer = ByteWriter()
    trailer.u64(UInt64(indexOffset))
    trailer.u64(UInt64(blocks))
    trailer.u64(UInt64(documents))
    try file.write(trailer)
    return try file.finish()
  }

  /// Gives up; the file is left unfinished.
  func abandon() { file.abandon() }
}
