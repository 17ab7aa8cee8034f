// Reads the term dictionary of a segment: exact lookup and where a space begins.

internal import Storage

/// The terms of one segment. Immutable and shared between threads; nothing is read before it is asked for
/// but the table of spaces. The grammar is in `TermDictionaryWriter.swift`.
@safe
final class TermDictionary: Sendable {
  /// A space with its blocks.
  struct Space: Sendable {
    let statistics: TermSpaceStatistics
    let firstBlock: Int
    let blockCount: Int
  }

  let file: IndexFile
  let spaces: [Space]
  private let blockCount: Int
  private let indexOffset: Int
  private let documentCount: Int

  /// Opens the dictionary of a segment with `documentCount` documents.
  ///
  /// - Throws: `corrupt` when the table of spaces does not fit the file.
  init(file: IndexFile, documentCount: Int) throws(IndexError) {
    self.file = file
    self.documentCount = documentCount
    let trailerLength = 24
    guard file.count >= trailerLength else { throw Self.corrupt(file, "too short for a term dictionary", 0) }
    var trailer = try file.reader(file.count - trailerLength..<file.count)
    let index = try trailer.u64()
    let table = try trailer.u64()
    let blocks = try trailer.u64()
    guard table <= UInt64(file.count - trailerLength), index <= table, blocks <= (table - index) / 16,
      (table - index) == blocks * 16
    else { throw Self.corrupt(file, "the trailer of the term dictionary is out of range", file.count - trailerLength) }
    indexOffset = Int(index)
    blockCount = Int(blocks)

    var reader = try file.reader(Int(table)..<file.count - trailerLength)
    var spaces: [Space] = []
    var block = 0
    let count = try reader.count(max: 1 << 24)
    for _ in 0..<count {
      let field = try reader.varint64()
      let space = try reader.u8()
      let flags = try reader.u8()
      guard field <= UInt64(FieldNumber.max), flags <= 1 else {
        throw Self.corrupt(file, "a space of terms is malformed", Int(table))
      }
      var statistics = TermSpaceStatistics(field: FieldNumber(field), space: space, hasPositions: flags == 1)
      func number() throws(IndexError) -> Int {
        let value = try reader.varint64()
        guard value < 1 << 48 else { throw Self.corrupt(file, "a count of a space of terms is too large", Int(table)) }
        return Int(value)
      }
      statistics.terms = try number()
      statistics.sumDocumentFrequency = try number()
      statistics.sumTotalFrequency = try number()
      statistics.postingsBytes = try number()
      statistics.positionsBytes = try number()
      let blocksOfSpace = (statistics.terms + TermDictionaryWriter.blockSize - 1) / TermDictionaryWriter.blockSize
      guard blocksOfSpace <= blockCount - block else {
        throw Self.corrupt(file, "a space of terms has more blocks than there are", Int(table))
      }
      spaces.append(Space(statistics: statistics, firstBlock: block, blockCount: blocksOfSpace))
      block += blocksOfSpace
    }
    guard block == blockCount, reader.isAtEnd else {
      throw Self.corrupt(file, "the table of spaces does not fit the blocks", Int(table))
    }
    self.spaces = spaces
  }

  /// The space of a field's terms of one kind; nil where the segment has none.
  func space(field: FieldNumber, space: TermSpace) -> Space? {
    spaces.first { $0.statistics.field == field && $0.statistics.space == space }
  }

  /// Finds a term. O(log blocks + block size).
  func lookup(_ term: UnsafeBufferPointer<UInt8>, in space: Space) throws(IndexError) -> TermInfo? {
    guard let block = try unsafe findBlock(term, in: space) else { return nil }
    var entries = try TermEntries(dictionary: self, space: space, block: block, documentCount: documentCount)
    // How many bytes the wanted term shares with the entry before, which is below it.
    var matched = 0
    while let entry = try entries.next() {
      if entry.shared > matched { continue }
      if entry.shared < matched { return nil }
      let length = unsafe entry.suffix.count
      var place = 0
      while place < length, matched + place < term.count, unsafe entry.suffix[place] == term[matched + place] {
        place += 1
      }
      if place == length, matched + place == term.count { return entries.info }
      let isBelow =
        unsafe place == length || (matched + place < term.count && entry.suffix[place] < term[matched + place])
      if !isBelow { return nil }
      matched += place
    }
    return nil
  }

  /// A cursor before the first term of the space that is not below `lowerBound`.
  func cursor(_ space: Space, from lowerBound: UnsafeBufferPointer<UInt8>? = nil) throws(IndexError) -> TermCursor {
    guard let lowerBound = unsafe lowerBound, let block = try unsafe findBlock(lowerBound, in: space) else {
      return try cursor(space, block: space.firstBlock)
    }
    var cursor = try self.cursor(space, block: block)
    try unsafe cursor.skip(below: lowerBound)
    return cursor
  }

  private func cursor(_ space: Space, block: Int) throws(IndexError) -> TermCursor {
    TermCursor(dictionary: self, space: space, block: block, documentCount: documentCount)
  }

  /// The last block of the space whose first term is not above `term`; nil when all are above.
  private func findBlock(_ term: UnsafeBufferPointer<UInt8>, in space: Space) throws(IndexError) -> Int? {
    let wanted = unsafe TermPrefix.of(term)
    let prefixes = try unsafe file.bytes(
      indexOffset + 8 * space.firstBlock..<indexOffset + 8 * (space.firstBlock + space.blockCount))
    // The blocks whose prefix is below the wanted one, then those that share it.
    var low = 0
    var high = space.blockCount
    while low < high {
      let middle = (low + high) / 2
      let prefix = UInt64(littleEndian: unsafe prefixes.loadUnaligned(fromByteOffset: 8 * middle, as: UInt64.self))
      if prefix < wanted { low = middle + 1 } else { high = middle }
    }
    high = space.blockCount
    var last = low
    while last < high {
      let middle = (last + high) / 2
      let prefix = UInt64(littleEndian: unsafe prefixes.loadUnaligned(fromByteOffset: 8 * middle, as: UInt64.self))
      if prefix == wanted { last = middle + 1 } else { high = middle }
    }
    // Those that share it, which may be many, are told apart by their first terms.
    while low < last {
      let middle = (low + last) / 2
      var entries = try TermEntries(
        dictionary: self, space: space, block: space.firstBlock + middle, documentCount: documentCount)
      guard let first = try entries.next() else { break }
      if unsafe term.lexicographicallyPrecedes(first.suffix) { last = middle } else { low = middle + 1 }
    }
    return low == 0 ? nil : space.firstBlock + low - 1
  }

  /// The bytes of a block.
  func blockBytes(_ block: Int) throws(IndexError) -> UnsafeRawBufferPointer {
    let offsets = indexOffset + 8 * blockCount
    let start = try offset(block, offsets)
    let end = block + 1 < blockCount ? try offset(block + 1, offsets) : UInt64(indexOffset)
    guard start < end, end <= UInt64(indexOffset) else {
      throw Self.corrupt(file, "a block of terms is out of range", offsets + 8 * block)
    }
    return try unsafe file.bytes(Int(start)..<Int(end))
  }

  private func offset(_ block: Int, _ offsets: Int) throws(IndexError) -> UInt64 {
    let bytes = try unsafe file.bytes(offsets + 8 * block..<offsets + 8 * block + 8)
    return UInt64(littleEndian: unsafe bytes.loadUnaligned(as: UInt64.self))
  }

  static func corrupt(_ file: IndexFile, _ message: String, _ offset: Int) -> IndexError {
    IndexError(.corrupt, message, file: file.name, offset: offset)
  }
}
