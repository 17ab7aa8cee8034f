// Walks the documents and frequencies of one term; the layout is in `PostingsWriter.swift`.

internal import CKernels
internal import Storage

/// A cursor over a posting list, block by block.
///
/// It starts before the first document; `next()` and `advance(to:)` move it on, never back, and `document` is
/// ``DocID/end`` behind the last. Frequencies are unpacked when first asked for in a block; one frequency, or the presence
/// of some documents, can be had without unpacking a block.
///
/// Invariants: `documents` and `frequencies` are buffers of the context with room for a block and 8 more; places of a
/// block behind `blockLength` hold ``DocID/end``. `place < blockLength` while it stands on a document. What a block holds was checked
/// when it was decoded (widths, lengths, ascending documents below `documentCount`), so its document numbers may index
/// arrays of the segment. The skip table has `fullBlocks` entries, or `fullBlocks + 1` where there is a tail, none where
/// `fullBlocks` is 0. The context and the segment's file outlive the cursor.
@safe
struct PostingsCursor {
  private let context: Unmanaged<ReadingContext>
  private let file: Unmanaged<IndexFile>
  /// The skip table.
  private let lastDocuments: UnsafeRawPointer
  private let ends: UnsafeRawPointer
  private let positionsEnds: UnsafeRawPointer
  private let impacts: UnsafeRawPointer
  private let groupStarts: UnsafeRawPointer
  private let groupImpacts: UnsafeRawPointer
  /// Blocks and tail.
  private let blockBytes: UnsafePointer<UInt8>
  private let blockBytesCount: Int
  private let fullBlocks: Int
  private let tailLength: Int
  private let hasPositions: Bool
  private let documentCount: DocID
  private let documents: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>

  private var block = -1
  /// The last set of bits that was found to be one without being decoded.
  private var checkedBlock = -1
  private var parts: BlockParts?
  private var documentsAreDecoded = true
  private var frequenciesAreDecoded = true
  private(set) var blockLength = 0
  private(set) var place = -1

  /// The document it stands on.
  private(set) var document: DocID = 0
  /// The number of documents in the list.
  let documentFrequency: Int

  /// Opens the postings of a term.
  ///
  /// - Throws: `corrupt` when the list does not fit its file.
  init(
    _ info: TermInfo, hasPositions: Bool, file: IndexFile, documentCount: Int, context: ReadingContext
  ) throws(IndexError) {
    unsafe self.context = Unmanaged.passUnretained(context)
    unsafe self.file = Unmanaged.passUnretained(file)
    self.documentCount = DocID(documentCount)
    self.hasPositions = hasPositions
    documentFrequency = info.documentFrequency
    unsafe documents = context.buffer(2 * (BlockCodec.count + 8))
    unsafe frequencies = documents + BlockCodec.count + 8
    if info.documentFrequency == 1 {
      fullBlocks = 0
      tailLength = 1
      unsafe documents[0] = info.singleDocument
      unsafe frequencies[0] = UInt32(clamping: info.totalFrequency)
      let nothing = unsafe UnsafeRawPointer(documents)
      unsafe (lastDocuments, ends, positionsEnds, impacts) = unsafe (nothing, nothing, nothing, nothing)
      unsafe (groupStarts, groupImpacts) = unsafe (nothing, nothing)
      unsafe blockBytes = nothing.assumingMemoryBound(to: UInt8.self)
      blockBytesCount = 0
      return
    }
    fullBlocks = info.documentFrequency / BlockCodec.count
    tailLength = info.documentFrequency % BlockCodec.count
    let bytes = try unsafe file.bytes(info.postings)
    let entries = fullBlocks == 0 ? 0 : fullBlocks + (tailLength > 0 ? 1 : 0)
    let groups =
      fullBlocks > PostingsLayout.blocksOfGroup
      ? (entries + PostingsLayout.blocksOfGroup - 1) / PostingsLayout.blocksOfGroup : 0
    let positionsLength = hasPositions ? 4 * fullBlocks : 0
    let skipLength = 8 * entries + 2 * fullBlocks + positionsLength + 8 * groups
    guard skipLength <= bytes.count, let start = bytes.baseAddress else {
      throw IndexError(
        .corrupt, "a posting list is shorter than its skip table", file: file.name, offset: info.postings.lowerBound)
    }
    unsafe lastDocuments = start
    unsafe ends = lastDocuments + 4 * entries
    unsafe positionsEnds = ends + 2 * fullBlocks
    unsafe impacts = positionsEnds + positionsLength
    unsafe groupStarts = impacts + 4 * entries
    unsafe groupImpacts = groupStarts + 4 * groups
    unsafe blockBytes = (start + skipLength).assumingMemoryBound(to: UInt8.self)
    blockBytesCount = bytes.count - skipLength
  }

  // MARK: Skip table

  /// Blocks of the list; the last may be shorter than the others.
  var blockCount: Int { fullBlocks + (tailLength > 0 ? 1 : 0) }

  /// Whether the list is too short for a skip table: it is one short block.
  var isShort: Bool { fullBlocks == 0 }

  /// The number of the block it stands in.
  var currentBlock: Int { block }

  @inline(__always)
  private static func u32(_ array: UnsafeRawPointer, _ index: Int) -> UInt32 {
    UInt32(littleEndian: unsafe array.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
  }

  /// The last document of a block; the highest number of the segment for the block of a short list.
  @inline(__always)
  func lastDocument(ofBlock index: Int) -> DocID {
    fullBlocks == 0 ? documentCount - 1 : unsafe Self.u32(lastDocuments, index)
  }

  @inline(__always)
  private static func impact(_ array: UnsafeRawPointer, _ index: Int) -> Impact {
    let bytes = unsafe UInt32(littleEndian: array.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
    return Impact(
      low: Impact.Bound(frequency: UInt8(truncatingIfNeeded: bytes), norm: UInt8(truncatingIfNeeded: bytes >> 8)),
      high: Impact.Bound(
        frequency: UInt8(truncatingIfNeeded: bytes >> 16), norm: UInt8(truncatingIfNeeded: bytes >> 24)))
  }

  /// What bounds the postings of a block; nil for the block of a short list.
  @inline(__always)
  func impact(ofBlock index: Int) -> Impact? { fullBlocks == 0 ? nil : unsafe Self.impact(impacts, index) }

  /// Groups of blocks with entries of their own; 0 where the list has few blocks.
  var groupCount: Int {
    fullBlocks > PostingsLayout.blocksOfGroup
      ? (blockCount + PostingsLayout.blocksOfGroup - 1) / PostingsLayout.blocksOfGroup : 0
  }

  /// What bounds the postings of a group of blocks.
  @inline(__always)
  func impact(ofGroup index: Int) -> Impact { unsafe Self.impact(groupImpacts, index) }

  /// The first block from `start` on whose last document is not below `target`; `blockCount` when there is none.
  @inline(__always)
  func blockReaching(_ target: DocID, from start: Int) -> Int {
    if fullBlocks == 0 { return start == 0 && target < documentCount ? 0 : blockCount }
    let count = blockCount
    guard start < count else { return count }
    // Most moves are short: gallop, then search.
    var low = max(0, start)
    if unsafe Self.u32(lastDocuments, low) >= target { return low }
    var step = 1
    low += 1
    while low + step <= count, unsafe Self.u32(lastDocuments, low + step - 1) < target {
      low += step
      step *= 2
    }
    var high = min(count, low + step)
    while low < high {
      let middle = (low + high) / 2
      if unsafe Self.u32(lastDocuments, middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where a block's bytes begin and end, from the first block on.
  @inline(__always)
  private func range(ofBlock index: Int) -> (start: Int, end: Int) {
    let hasGroups = fullBlocks > PostingsLayout.blocksOfGroup
    let base = hasGroups ? unsafe Int(Self.u32(groupStarts, index / PostingsLayout.blocksOfGroup)) : 0
    let isFirst = index == 0 || (hasGroups && index % PostingsLayout.blocksOfGroup == 0)
    let start = isFirst ? base : base + end(ofBlock: index - 1)
    return (start, index < fullBlocks ? base + end(ofBlock: index) : blockBytesCount)
  }

  @inline(__always)
  private func end(ofBlock index: Int) -> Int {
    unsafe Int(UInt16(littleEndian: ends.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
  }

  /// The parts of a full block; nil when it is damaged.
  @inline(__always)
  private func parts(ofBlock index: Int) -> BlockParts? {
    let (start, end) = range(ofBlock: index)
    let base = index == 0 ? 0 : unsafe Self.u32(lastDocuments, index - 1) &+ 1
    let last = unsafe Self.u32(lastDocuments, index)
    guard start <= end, end <= blockBytesCount, base <= last, last < documentCount else { return nil }
    return unsafe BlockParts(blockBytes + start, length: end - start, base: base, span: last - base)
  }

  /// Where the run of a block's positions begins in the list's positions.
  @inline(__always)
  func positionsStart(ofBlock index: Int) -> Int { index == 0 ? 0 : unsafe Int(Self.u32(positionsEnds, index - 1)) }

  /// Where it ends; nil for the short last block, whose run ends the list.
  @inline(__always)
  func positionsEnd(ofBlock index: Int) -> Int? {
    index < fullBlocks ? unsafe Int(Self.u32(positionsEnds, index)) : nil
  }

  // MARK: Moving

  /// Moves to the next document and returns it.
  @inline(__always)
  @discardableResult
  mutating func next() -> DocID {
    place += 1
    if place < blockLength {
      unsafe document = documents[place]
      return document
    }
    return enter(documentsAreDecoded ? block + 1 : block)
  }

  /// Moves to the first document not below `target`, which is above the current one, and returns it.
  @inline(__always)
  @discardableResult
  mutating func advance(to target: DocID) -> DocID {
    if blockLength > 0, unsafe documents[blockLength - 1] >= target {
      place = unsafe Int(ckernels_rank128(documents, target))
      unsafe document = documents[place]
      return document
    }
    return advanceBeyondBlock(to: target)
  }

  private mutating func advanceBeyondBlock(to target: DocID) -> DocID {
    let next = blockReaching(target, from: documentsAreDecoded ? block + 1 : block)
    if enter(next) == .end || document >= target { return document }
    guard unsafe documents[blockLength - 1] >= target else { return finish() }
    place = unsafe Int(ckernels_rank128(documents, target))
    unsafe document = documents[place]
    return document
  }

  private mutating func finish() -> DocID {
    block = blockCount
    documentsAreDecoded = true
    blockLength = 0
    place = 0
    document = .end
    return .end
  }

  /// Reports damage and stands at the end from now on.
  private mutating func fail() -> DocID {
    unsafe context._withUnsafeGuaranteedRef {
      $0.report(IndexError(.corrupt, "a block of postings is damaged", file: unsafe file.takeUnretainedValue().name))
    }
    return finish()
  }

  /// Decodes a block and stands on its first document.
  @discardableResult
  mutating func enter(_ index: Int) -> DocID {
    guard openBlock(index), decodeDocuments() else { return .end }
    place = 0
    unsafe document = documents[0]
    return document
  }

  /// Goes to a block without decoding its documents, so that ``blockFrequencies()`` can be had alone. Returns how many
  /// documents it has; 0 behind the last block, and for a damaged one.
  mutating func open(_ index: Int) -> Int {
    openBlock(index) ? (index < fullBlocks ? BlockCodec.count : tailLength) : 0
  }

  /// Reads the header of a block, which it stands in then, on no document and with no length until its documents are
  /// decoded. False behind the last one, and for a damaged
  /// one.
  @inline(__always)
  private mutating func openBlock(_ index: Int) -> Bool {
    guard index < blockCount else {
      _ = finish()
      return false
    }
    if index == block { return true }
    block = index
    place = -1
    documentsAreDecoded = false
    frequenciesAreDecoded = false
    if index < fullBlocks {
      guard let parts = parts(ofBlock: index) else {
        _ = fail()
        return false
      }
      self.parts = parts
      blockLength = 0
      return true
    }
    parts = nil
    guard decodeTail() else {
      _ = fail()
      return false
    }
    return true
  }

  @inline(__always)
  private mutating func decodeDocuments() -> Bool {
    if documentsAreDecoded { return true }
    guard let parts, unsafe parts.decodeDocuments(into: documents) else {
      _ = fail()
      return false
    }
    documentsAreDecoded = true
    blockLength = BlockCodec.count
    return true
  }

  private mutating func decodeTail() -> Bool {
    blockLength = tailLength
    documentsAreDecoded = true
    frequenciesAreDecoded = true
    for place in tailLength..<BlockCodec.count { unsafe documents[place] = .end }
    if documentFrequency == 1 { return unsafe documents[0] < documentCount }
    let (start, end) = range(ofBlock: fullBlocks)
    guard start < end, end <= blockBytesCount else { return false }
    var bytes = unsafe RawCursor(blockBytes + start, count: end - start)
    let header = bytes.byte()
    let gapBits = Int(header >> 3)
    let frequencyBits = header & 7 == 7 ? Int(bytes.byte()) : Int(header & 7)
    guard !bytes.failed, frequencyBits <= 32,
      bytes.remaining == BlockCodec.streamLength(count: tailLength, bits: gapBits + frequencyBits)
    else { return false }
    unsafe BlockCodec.unpackStream(bytes.position, atBit: 0, bits: gapBits, count: tailLength, into: documents)
    unsafe BlockCodec.unpackStream(
      bytes.position, atBit: tailLength * gapBits, bits: frequencyBits, count: tailLength, into: frequencies)
    var document = unsafe fullBlocks == 0 ? -1 : Int(Self.u32(lastDocuments, fullBlocks - 1))
    for place in 0..<tailLength {
      document += unsafe Int(documents[place]) + 1
      guard document < Int(documentCount) else { return false }
      unsafe documents[place] = UInt32(document)
      unsafe frequencies[place] &+= 1
    }
    return unsafe fullBlocks == 0 || documents[tailLength - 1] == Self.u32(lastDocuments, fullBlocks)
  }

  // MARK: The current block

  /// The frequency of the term in the current document.
  var frequency: UInt32 {
    @inline(__always) mutating get {
      if frequenciesAreDecoded { return unsafe frequencies[place] }
      if let parts { return parts.frequency(at: place) }
      return 1
    }
  }

  /// The documents of the current block, all of them, and ``DocID/end`` behind them. Valid until the cursor enters another.
  @inline(__always)
  var blockDocuments: UnsafePointer<UInt32> { unsafe UnsafePointer(documents) }

  /// The frequencies of the current block.
  @inline(__always)
  mutating func blockFrequencies() -> UnsafePointer<UInt32> {
    if !frequenciesAreDecoded {
      if let parts { unsafe parts.decodeFrequencies(into: frequencies) }
      frequenciesAreDecoded = true
    }
    return unsafe UnsafePointer(frequencies)
  }

  /// Stands on another place of the current block.
  ///
  /// - Precondition: `0 <= newPlace < blockLength`.
  @inline(__always)
  mutating func move(toPlace newPlace: Int) {
    place = newPlace
    unsafe document = documents[newPlace]
  }

  // MARK: Batches

  /// Finds which of some ascending documents are in a block, with their places in it. `candidates` lie within the block:
  /// above the last document of the one before, and not above its own last. Returns how many there are.
  @inline(__always)
  mutating func find(
    _ candidates: UnsafePointer<UInt32>, _ count: Int, inBlock index: Int,
    candidatePlaces: UnsafeMutablePointer<UInt8>, blockPlaces: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard openBlock(index) else { return 0 }
    if let parts, parts.words > 0, !documentsAreDecoded {
      if checkedBlock != index {
        guard parts.isBitSet else {
          _ = fail()
          return 0
        }
        checkedBlock = index
      }
      return unsafe Int(
        ckernels_intersect_bits(
          candidates, Int32(truncatingIfNeeded: count), parts.base, parts.documents,
          Int32(truncatingIfNeeded: parts.words), candidatePlaces, blockPlaces))
    }
    guard decodeDocuments() else { return 0 }
    return unsafe Int(
      ckernels_intersect128(
        candidates, Int32(truncatingIfNeeded: count), documents, candidatePlaces, blockPlaces))
  }

  /// Marks the documents from the place it stands on to below `end` in a window's bits, counted from `start`; a bit set is
  /// marked whole, also beyond `end`, by up to ``EvaluationScratch/markSlack`` words. Stands on the first document that is
  /// not marked then.
  mutating func mark(from start: DocID, to end: DocID, _ marks: UnsafeMutablePointer<UInt64>) {
    while document < end {
      let past = unsafe documents[blockLength - 1] < end ? blockLength : Int(ckernels_rank128(documents, end))
      unsafe ckernels_mark(
        documents, Int32(truncatingIfNeeded: place), Int32(truncatingIfNeeded: past), start, marks)
      if past < blockLength {
        move(toPlace: past)
        return
      }
      // Bit sets are marked as they are, without making numbers of them.
      var next = block + 1
      while next < fullBlocks, let parts = parts(ofBlock: next), parts.words > 0 {
        // What does not hold is left to decoding, which says that it is damaged.
        guard parts.base >= start, parts.base < end, parts.isBitSet else { break }
        unsafe ckernels_mark_bits(
          parts.documents, Int32(truncatingIfNeeded: parts.words), parts.base - start, marks)
        next += 1
      }
      enter(next)
    }
  }

  /// The frequency at a place of a block that it stands in or has left; 1 in a damaged one.
  @inline(__always)
  func frequency(inBlock index: Int, at place: Int) -> UInt32 {
    // The short last block, once entered, is never left for another.
    if index >= fullBlocks || (index == block && frequenciesAreDecoded) { return unsafe frequencies[place & 127] }
    if index == block, let parts { return parts.frequency(at: place & 127) }
    return parts(ofBlock: index)?.frequency(at: place & 127) ?? 1
  }

  /// How many occurrences come before each place of a block that it stands in or has left: `sums` gets one number more
  /// than the block has documents, the last for all of them. Returns the number of documents, 0 in a damaged block.
  func sumOccurrences(
    ofBlock index: Int, scratch: UnsafeMutablePointer<UInt32>, into sums: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if index >= fullBlocks {
      unsafe sums[0] = 0
      for place in 0..<tailLength { unsafe sums[place + 1] = sums[place] &+ frequencies[place] }
      return tailLength
    }
    if index == block, frequenciesAreDecoded {
      unsafe ckernels_sums128(frequencies, sums)
    } else {
      guard let parts = parts(ofBlock: index) else { return 0 }
      unsafe parts.decodeFrequencies(into: scratch)
      unsafe ckernels_sums128(scratch, sums)
    }
    return BlockCodec.count
  }
}
