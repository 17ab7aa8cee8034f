// Writes the term dictionary of a segment.
//
//   Terms   := Block* pad8 prefix:u64^N offset:u64^N Spaces trailer
//   Block   := postingsBase:varint positionsBase:varint Entry^(32; fewer in the last block of a space)
//   Entry   := lengths:u8 [varint] [varint] suffix:bytes Info
//              high half of lengths: bytes shared with the term before (0 for the first of a block), low half:
//              bytes of the suffix; 15 stands for 15 plus the varint that follows (shared first)
//   Info    := 0 step:varint [position:varint]                            one document, frequency 1
//            | 1 step:varint (frequency - 2):varint [positionsLength:varint]  one document
//            | documentFrequency:varint (totalFrequency - documentFrequency):varint postingsLength:varint
//              [positionsLength:varint]          what is in brackets only where the space keeps positions
//   step    := zigzag(document - that of the block's term before with one document, 0 before the first)
//   Spaces  := count:varint (field:varint space:u8 flags:u8 terms:varint sumDocumentFrequency:varint
//              sumTotalFrequency:varint postingsBytes:varint positionsBytes:varint)^count
//   trailer := blockIndexOffset:u64 spacesOffset:u64 blocks:u64
//
// `prefix` is the first eight bytes of a block's first term as a big-endian number (padded with zeros), so
// that a lookup is a binary search over numbers. Terms ascend bytewise within a space, spaces by field, then
// space; a block never holds terms of two spaces. Lists lie in the order of the terms, so offsets are sums.

internal import Storage

/// What a space of terms holds in one segment.
public struct TermSpaceStatistics: Sendable, Equatable {
  /// The field.
  public var field: FieldNumber
  /// The kind of term.
  public var space: TermSpace
  /// Whether the terms keep positions.
  public var hasPositions: Bool
  /// The number of distinct terms.
  public var terms = 0
  /// The sum of all terms' document frequencies: the number of postings.
  public var sumDocumentFrequency = 0
  /// The number of occurrences.
  public var sumTotalFrequency = 0
  /// Bytes in the postings file.
  public var postingsBytes = 0
  /// Bytes in the positions file.
  public var positionsBytes = 0
}

/// Writes terms in order; see the grammar above.
@safe
final class TermDictionaryWriter {
  static let blockSize = 32

  private let file: IndexFileWriter
  private var spaces: [TermSpaceStatistics] = []
  private var prefixes: [UInt64] = []
  private var offsets: [UInt64] = []
  private let block = EncodeBuffer()
  private var inBlock = 0
  private var previousTerm: [UInt8] = []
  private var previousSingle: DocID = 0
  private var written = 0

  init(file: IndexFileWriter) { self.file = file }

  /// Starts the next space.
  func beginSpace(field: FieldNumber, space: TermSpace, hasPositions: Bool) throws(IndexError) {
    try finishBlock()
    spaces.append(TermSpaceStatistics(field: field, space: space, hasPositions: hasPositions))
  }

  /// Adds a term, greater than the one before in the space.
  func add(_ term: UnsafeBufferPointer<UInt8>, _ info: TermInfo) throws(IndexError) {
    if inBlock == 0 {
      prefixes.append(unsafe TermPrefix.of(term))
      offsets.append(UInt64(written))
      block.append(varint: info.postings.lowerBound)
      block.append(varint: info.positions.lowerBound)
      previousSingle = 0
      previousTerm.removeAll(keepingCapacity: true)
    }
    var shared = 0
    let limit = min(term.count, previousTerm.count)
    while shared < limit, unsafe term[shared] == previousTerm[shared] { shared += 1 }
    let suffix = term.count - shared
    block.append(UInt8(min(shared, 15)) << 4 | UInt8(min(suffix, 15)))
    if shared >= 15 { block.append(varint: shared - 15) }
    if suffix >= 15 { block.append(varint: suffix - 15) }
    unsafe block.append(UnsafeBufferPointer(rebasing: term[shared...]))
    previousTerm.removeAll(keepingCapacity: true)
    unsafe previousTerm.append(contentsOf: term)

    let last = spaces.count - 1
    if info.documentFrequency == 1 {
      block.append(info.totalFrequency == 1 ? 0 : 1)
      block.append(varint: ZigZag.encode(Int64(info.singleDocument) - Int64(previousSingle)))
      previousSingle = info.singleDocument
      if info.totalFrequency > 1 { block.append(varint: info.totalFrequency - 2) }
    } else {
      block.append(varint: info.documentFrequency)
      block.append(varint: info.totalFrequency - info.documentFrequency)
      block.append(varint: info.postings.count)
    }
    if spaces[last].hasPositions {
      if info.totalFrequency == 1 {
        block.append(varint: UInt64(info.singlePosition))
      } else {
        block.append(varint: info.positions.count)
      }
    }
    spaces[last].terms += 1
    spaces[last].sumDocumentFrequency += info.documentFrequency
    spaces[last].sumTotalFrequency += info.totalFrequency
    spaces[last].postingsBytes += info.postings.count
    spaces[last].positionsBytes += info.positions.count
    inBlock += 1
    if inBlock == Self.blockSize { try finishBlock() }
  }

  private func finishBlock() throws(IndexError) {
    guard inBlock > 0 else { return }
    unsafe try block.withBytes { (bytes) throws(IndexError) in try unsafe file.write(bytes) }
    written += block.count
    block.removeAll()
    inBlock = 0
  }

  /// Writes the block index and the table of spaces. Returns what each space holds.
  func finish() throws(IndexError) -> [TermSpaceStatistics] {
    try finishBlock()
    try file.align(to: 8)
    let indexOffset = file.position
    for words in [prefixes, offsets] {
      let littleEndian = words.map(\.littleEndian)
      unsafe try littleEndian.withUnsafeBufferPointer { (bytes) throws(IndexError) in
        try unsafe file.write(UnsafeRawBufferPointer(bytes))
      }
    }
    let spacesOffset = file.position
    var table = ByteWriter()
    table.varint(UInt64(spaces.count))
    for space in spaces {
      table.varint(UInt64(space.field))
      table.u8(space.space)
      table.u8(space.hasPositions ? 1 : 0)
      for count in [
        space.terms, space.sumDocumentFrequency, space.sumTotalFrequency, space.postingsBytes,
        space.positionsBytes,
      ] {
        table.varint(UInt64(count))
      }
    }
    table.u64(UInt64(indexOffset))
    table.u64(UInt64(spacesOffset))
    table.u64(UInt64(prefixes.count))
    try file.write(table)
    return spaces
  }
}

/// Signed numbers as unsigned ones, small where they are near 0.
enum ZigZag {
  static func encode(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }
  static func decode(_ code: UInt64) -> Int64 { Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1) }
}

/// The first bytes of a term as a number that orders as the bytes do.
enum TermPrefix {
  @inline(__always)
  static func of(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for i in 0..<8 { value = value << 8 | (i < term.count ? unsafe UInt64(term[i]) : 0) }
    return value
  }
}
