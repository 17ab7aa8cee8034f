// Reads records that `BlockStoreWriter` wrote.

internal import Storage

/// The records of one segment. Immutable and shared between threads; reading goes through a ``Reader``.
@safe
final class BlockStore: Sendable {
  private let file: IndexFile
  private let indexOffset: Int
  private let blockCount: Int
  let documentCount: Int

  private struct Block {
    var firstDocument: Int
    var documents: Int
    var rawLength: Int
    var frame: Range<Int>
  }

  /// - Throws: `corrupt` when the trailer does not fit the file.
  init(file: IndexFile, documentCount: Int) throws(IndexError) {
    self.file = file
    guard file.count >= 24 else { throw IndexError(.corrupt, "too short for stored records", file: file.name) }
    var trailer = try file.reader(file.count - 24..<file.count)
    let index = try trailer.u64()
    let blocks = try trailer.u64()
    let documents = try trailer.u64()
    let room = UInt64(file.count - 24)
    guard index <= room, blocks <= room / 16, index + blocks * 16 == room, documents == UInt64(documentCount),
      blocks <= documents, (blocks == 0) == (documents == 0)
    else { throw IndexError(.corrupt, "the trailer of the stored records is out of range", file: file.name) }
    indexOffset = Int(index)
    blockCount = Int(blocks)
    self.documentCount = documentCount
  }

  private func entry(_ block: Int) throws(IndexError) -> (document: Int, rawLength: Int, offset: UInt64) {
    let at = indexOffset + 16 * block
    let bytes = try unsafe file.bytes(at..<at + 16)
    return unsafe (
      Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))),
      Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))),
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }

  private func block(_ number: Int) throws(IndexError) -> Block {
    let this = try entry(number)
    let next = number + 1 < blockCount ? try entry(number + 1) : (documentCount, 0, UInt64(indexOffset))
    guard this.offset < next.2, next.2 <= UInt64(indexOffset), this.document < next.0, next.0 <= documentCount,
      this.rawLength >= 4 * (next.0 - this.document)
    else {
      throw IndexError(
        .corrupt, "a block of stored records is out of range", file: file.name, offset: indexOffset + 16 * number)
    }
    return Block(
      firstDocument: this.document, documents: next.0 - this.document, rawLength: this.rawLength,
      frame: Int(this.offset)..<Int(next.2))
  }

  /// The block that holds a document. O(log blocks).
  private func findBlock(_ document: Int) throws(IndexError) -> Int {
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) / 2
      if try entry(middle).document <= document { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// Hands every block to `writer` as it is, without decompressing.
  func copyBlocks(to writer: BlockStoreWriter) throws(IndexError) {
    for number in 0..<blockCount {
      let block = try self.block(number)
      var frame = block.frame
      // Zeros that align the index follow the last frame; a frame knows its own end, so they do no harm, but
      // they would end up between frames.
      if number + 1 == blockCount { frame = frame.lowerBound..<(try unpaddedEnd(block)) }
      try unsafe writer.add(frame: file.bytes(frame), rawLength: block.rawLength, documents: block.documents)
    }
  }

  private func unpaddedEnd(_ block: Block) throws(IndexError) -> Int {
    let bytes = try unsafe file.bytes(block.frame)
    guard let length = unsafe BlockDecompressor.frameLength(bytes) else {
      throw IndexError(
        .corrupt, "a block of stored records is not a frame", file: file.name, offset: block.frame.lowerBound)
    }
    return block.frame.lowerBound + length
  }

  /// Reads records; keeps the last block, so that reading in order decompresses each block once. One per
  /// thread.
  @safe
  final class Reader {
    private let store: BlockStore
    private let decompressor: BlockDecompressor
    private var raw: [UInt8] = []
    private var current: Block?
    private var starts: [Int] = []

    init(_ store: BlockStore) throws(IndexError) {
      self.store = store
      decompressor = try BlockDecompressor()
    }

    /// The record of a document.
    ///
    /// - Precondition: `document` is below the segment's number of documents.
    func record(_ document: DocID) throws(IndexError) -> ArraySlice<UInt8> {
      let document = Int(document)
      precondition(document < store.documentCount)
      if let current, document >= current.firstDocument, document < current.firstDocument + current.documents {
        let place = document - current.firstDocument
        return raw[starts[place]..<starts[place + 1]]
      }
      let block = try store.block(try store.findBlock(document))
      guard document >= block.firstDocument, document < block.firstDocument + block.documents else {
        throw IndexError(.corrupt, "the blocks of stored records are not in order", file: store.file.name)
      }
      try load(block)
      let place = document - block.firstDocument
      return raw[starts[place]..<starts[place + 1]]
    }

    private func load(_ block: Block) throws(IndexError) {
      func corrupt(_ message: String) -> IndexError {
        IndexError(.corrupt, message, file: store.file.name, offset: block.frame.lowerBound)
      }
      current = nil
      let bytes = try unsafe store.file.bytes(block.frame)
      // A hostile raw length, stated in the frame as well, must not make us allocate more than the frame can hold.
      guard unsafe BlockDecompressor.rawLength(bytes) == block.rawLength,
        let frame = unsafe BlockDecompressor.frameLength(bytes),
        block.rawLength <= BlockDecompressor.highestRawLength(frame: frame)
      else { throw corrupt("a block of stored records has another length than its index says") }
      guard
        unsafe decompressor.decompress(
          UnsafeRawBufferPointer(rebasing: bytes[0..<frame]), length: block.rawLength, into: &raw)
      else { throw corrupt("a block of stored records cannot be decompressed") }
      starts.removeAll(keepingCapacity: true)
      var start = 4 * block.documents
      starts.append(start)
      for place in 0..<block.documents {
        let length =
          Int(raw[4 * place]) | Int(raw[4 * place + 1]) << 8 | Int(raw[4 * place + 2]) << 16
          | Int(raw[4 * place + 3]) << 24
        start += length
        starts.append(start)
      }
      guard start == block.rawLength else { throw corrupt("the records of a block do not fill it") }
      current = block
    }
  }
}
