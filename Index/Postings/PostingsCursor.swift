// Walks the documents and frequencies of one term; the layout is in `PostingsWriter.swift`.

internal import Storage

/// A cursor over a posting list, block by block.
///
/// It starts before the first document; `next()` and `advance(to:)` move it on, never back, and `document` is
/// ``DocID/end`` behind the last. Frequencies are unpacked when first asked for in a block.
///
/// Invariants: `documents` and `frequencies` are buffers of the context with room for a block; `place <
/// blockLength` while it stands on a document; what a block holds was checked when it was decoded (widths,
/// lengths, ascending documents below `documentCount`), so its document numbers may index arrays of the segment.
/// The context and the segment's file outlive the cursor.
@safe
struct PostingsCursor {
  private let context: Unmanaged<ReadingContext>
  private let file: Unmanaged<IndexFile>
  private let base: UnsafePointer<UInt8>
  private let blockBytes: UnsafePointer<UInt8>
  private let blockBytesCount: Int
  private let fullBlocks: Int
  private let tailLength: Int
  private let hasPositions: Bool
  private let documentCount: DocID
  private let documents: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>

  private var packedFrequencies: UnsafePointer<UInt8>
  private var frequencyBits = 0
  private var frequenciesAreDecoded = true
  private var block = -1
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
    unsafe documents = context.buffer(2 * BlockCodec.count)
    unsafe frequencies = documents + BlockCodec.count
    unsafe packedFrequencies = UnsafePointer(UnsafeRawPointer(documents).assumingMemoryBound(to: UInt8.self))
    if info.documentFrequency == 1 {
      fullBlocks = 0
      tailLength = 1
      unsafe base = packedFrequencies
      unsafe blockBytes = base
      blockBytesCount = 0
      unsafe documents[0] = info.singleDocument
      unsafe frequencies[0] = UInt32(clamping: info.totalFrequency)
      return
    }
    fullBlocks = info.documentFrequency / BlockCodec.count
    tailLength = info.documentFrequency % BlockCodec.count
    let bytes = try unsafe file.bytes(info.postings)
    let skipLength = fullBlocks * (hasPositions ? 14 : 10)
    guard skipLength <= bytes.count, let start = bytes.baseAddress else {
      throw IndexError(
        .corrupt, "a posting list is shorter than its skip data", file: file.name, offset: info.postings.lowerBound)
    }
    unsafe base = start.assumingMemoryBound(to: UInt8.self)
    unsafe blockBytes = base + skipLength
    blockBytesCount = bytes.count - skipLength
  }

  // MARK: Skip data

  /// Blocks of the list; the last may be shorter than the others.
  var blockCount: Int { fullBlocks + (tailLength > 0 ? 1 : 0) }

  /// The number of the block it stands in.
  var currentBlock: Int { block }

  @inline(__always)
  private func skipEntry(_ array: Int, _ index: Int) -> UInt32 {
    let at = unsafe UnsafeRawPointer(base) + 4 * (array * fullBlocks + index)
    return UInt32(littleEndian: unsafe at.loadUnaligned(as: UInt32.self))
  }

  /// The last document of a block; the highest number of the segment for a short last block.
  @inline(__always)
  func lastDocument(ofBlock index: Int) -> DocID {
    index < fullBlocks ? skipEntry(0, index) : documentCount - 1
  }

  /// The highest frequency (at least; 255 stands for any) and the lowest length code of a full block; nil for a
  /// short last block.
  @inline(__always)
  func impact(ofBlock index: Int) -> (frequency: UInt32, norm: UInt8)? {
    guard index < fullBlocks else { return nil }
    let at = unsafe base + fullBlocks * (hasPositions ? 12 : 8) + 2 * index
    let frequency = unsafe at[0]
    return unsafe (frequency == 255 ? .max : UInt32(frequency), at[1])
  }

  /// The first block from `start` on whose last document is not below `target`; `blockCount` when there is none.
  func blockReaching(_ target: DocID, from start: Int) -> Int {
    guard start < blockCount else { return blockCount }
    // Most moves are short: gallop, then search.
    var low = max(0, start)
    var step = 1
    while low + step <= fullBlocks, skipEntry(0, low + step - 1) < target {
      low += step
      step *= 2
    }
    var high = min(fullBlocks, low + step)
    while low < high {
      let middle = (low + high) / 2
      if skipEntry(0, middle) < target { low = middle + 1 } else { high = middle }
    }
    if low < fullBlocks { return low }
    return tailLength > 0 && target < documentCount ? fullBlocks : blockCount
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
    return enter(block + 1)
  }

  /// Moves to the first document not below `target`, which is above the current one, and returns it.
  @inline(__always)
  @discardableResult
  mutating func advance(to target: DocID) -> DocID {
    if blockLength > 0, unsafe documents[blockLength - 1] >= target {
      place = findInBlock(target, from: place)
      unsafe document = documents[place]
      return document
    }
    return advanceBeyondBlock(to: target)
  }

  private mutating func advanceBeyondBlock(to target: DocID) -> DocID {
    let next = blockReaching(target, from: block + 1)
    if enter(next) == .end || document >= target { return document }
    guard unsafe documents[blockLength - 1] >= target else { return finish() }
    place = findInBlock(target, from: 0)
    unsafe document = documents[place]
    return document
  }

  /// The place of the first document not below `target`, which the last of the block is not.
  @inline(__always)
  private func findInBlock(_ target: DocID, from start: Int) -> Int {
    var low = max(0, start)
    var length = blockLength - low
    while length > 1 {
      let half = length / 2
      low += unsafe documents[low + half - 1] < target ? half : 0
      length -= half
    }
    return low
  }

  private mutating func finish() -> DocID {
    block = blockCount
    blockLength = 0
    place = 0
    document = .end
    return .end
  }

  /// Decodes a block and stands on its first document.
  @discardableResult
  mutating func enter(_ index: Int) -> DocID {
    guard index < blockCount else { return finish() }
    block = index
    guard index < fullBlocks ? decodeBlock(index) : decodeTail() else {
      unsafe context._withUnsafeGuaranteedRef {
        $0.report(
          IndexError(.corrupt, "a block of postings is damaged", file: unsafe file.takeUnretainedValue().name))
      }
      return finish()
    }
    place = 0
    unsafe document = documents[0]
    return document
  }

  private mutating func decodeBlock(_ index: Int) -> Bool {
    let start = index == 0 ? 0 : Int(skipEntry(1, index - 1))
    let end = Int(skipEntry(1, index))
    guard start + 2 <= end, end <= blockBytesCount else { return false }
    let gapBits = unsafe Int(blockBytes[start])
    frequencyBits = unsafe Int(blockBytes[start + 1])
    guard gapBits <= 32, frequencyBits <= 32, end - start == 2 + 16 * (gapBits + frequencyBits) else { return false }
    let previous = index == 0 ? UInt32.max : skipEntry(0, index - 1)
    let last = skipEntry(0, index)
    guard last < documentCount, index == 0 || previous < last else { return false }
    unsafe BlockCodec.unpackAscending(blockBytes + start + 2, bits: gapBits, previous: previous, into: documents)
    unsafe packedFrequencies = blockBytes + start + 2 + 16 * gapBits
    frequenciesAreDecoded = false
    blockLength = BlockCodec.count
    guard unsafe documents[BlockCodec.count - 1] == last else { return false }
    // Gaps of up to 22 bits cannot carry a sum of 128 of them past 2^32 and back to `last`.
    return gapBits <= 22 || isAscending()
  }

  private func isAscending() -> Bool {
    for i in 1..<blockLength where unsafe documents[i - 1] >= documents[i] { return false }
    return true
  }

  private mutating func decodeTail() -> Bool {
    blockLength = tailLength
    frequenciesAreDecoded = true
    if documentFrequency == 1 { return unsafe documents[0] < documentCount }
    let start = fullBlocks == 0 ? 0 : Int(skipEntry(1, fullBlocks - 1))
    guard start <= blockBytesCount else { return false }
    var bytes = unsafe RawCursor(blockBytes + start, count: blockBytesCount - start)
    var previous = fullBlocks == 0 ? -1 : Int(skipEntry(0, fullBlocks - 1))
    for i in 0..<tailLength {
      let code = bytes.varint()
      let gap = Int(truncatingIfNeeded: code >> 1)
      guard gap < Int(documentCount) else { return false }
      previous += gap + 1
      guard previous < Int(documentCount) else { return false }
      unsafe documents[i] = UInt32(previous)
      unsafe frequencies[i] = code & 1 == 1 ? 1 : UInt32(truncatingIfNeeded: bytes.varint() &+ 2)
    }
    return !bytes.failed && bytes.remaining == 0
  }

  // MARK: The current block

  /// The frequency of the term in the current document.
  var frequency: UInt32 {
    @inline(__always) mutating get {
      if !frequenciesAreDecoded { decodeFrequencies() }
      return unsafe frequencies[place]
    }
  }

  private mutating func decodeFrequencies() {
    unsafe BlockCodec.unpack(packedFrequencies, bits: frequencyBits, into: frequencies)
    for i in 0..<BlockCodec.count { unsafe frequencies[i] &+= 1 }
    frequenciesAreDecoded = true
  }

  /// The documents of the current block, all of them. Valid until the cursor enters another.
  @inline(__always)
  var blockDocuments: UnsafePointer<UInt32> { unsafe UnsafePointer(documents) }

  /// The frequencies of the current block.
  @inline(__always)
  mutating func blockFrequencies() -> UnsafePointer<UInt32> {
    if !frequenciesAreDecoded { decodeFrequencies() }
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

  /// How many occurrences come before those in the current document, in the whole list: where its positions start.
  mutating func occurrencesBefore() -> Int {
    if !frequenciesAreDecoded { decodeFrequencies() }
    var sum = block > 0 && hasPositions ? Int(skipEntry(2, block - 1)) : 0
    for i in 0..<place { sum += unsafe Int(frequencies[i]) }
    return sum
  }
}
