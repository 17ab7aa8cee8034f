// Encodes posting lists and positions, one term after another.
//
//   PostingList := SkipTable Block^B Tail            B = documentFrequency / 128; nothing for one document
//   SkipTable   := lastDocument:u32^B end:u32^B [occurrences:u32^B] impact:(frequency:u8 norm:u8)^B
//   Block       := gapBits:u8 frequencyBits:u8 gaps:packed128(gap - 1) frequencies:packed128(frequency - 1)
//   Tail        := (varint((gap - 1) * 2 + (frequency == 1)) [varint(frequency - 2)])^(documentFrequency % 128)
//
//   PositionList := end:u32^P PositionBlock^P PositionTail         P = totalFrequency / 128
//   PositionBlock := bits:u8 packed128(delta)
//   PositionTail := varint(delta)^(totalFrequency % 128)
//
// A gap counts from the document before (from -1 at the start), a position delta from the position before
// in the same document (from 0). `end` is the offset behind a block, from the first block on; `occurrences`
// (only where the space keeps positions) the number of positions up to the end of a block; both are u32, so one
// list is below 4 GiB. `impact` is the highest frequency (255 stands for more) and the lowest field length code among the block's documents.

internal import Storage

/// Writes the postings and positions files of a segment.
@safe
final class PostingsWriter {
  private let postingsFile: IndexFileWriter
  private let positionsFile: IndexFileWriter

  private let gaps: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let deltas: UnsafeMutablePointer<UInt32>
  private var pending = 0
  private var pendingDeltas = 0

  private let blocks = EncodeBuffer()
  private let positionBlocks = EncodeBuffer()
  private let list = EncodeBuffer()
  private var lastDocuments: [UInt32] = []
  private var ends: [UInt32] = []
  private var occurrences: [UInt32] = []
  private var impacts: [UInt8] = []
  private var positionEnds: [UInt32] = []

  private var hasPositions = false
  private var norms: UnsafePointer<UInt8>?
  private var previous: Int64 = -1
  private var documentCount = 0
  private var total = 0
  private var highestFrequency: UInt32 = 0
  private var lowestNorm: UInt8 = 255

  init(postings: IndexFileWriter, positions: IndexFileWriter) {
    postingsFile = postings
    positionsFile = positions
    unsafe gaps = .allocate(capacity: BlockCodec.count)
    unsafe frequencies = .allocate(capacity: BlockCodec.count)
    unsafe deltas = .allocate(capacity: BlockCodec.count)
    unsafe gaps.initialize(repeating: 0, count: BlockCodec.count)
    unsafe frequencies.initialize(repeating: 0, count: BlockCodec.count)
    unsafe deltas.initialize(repeating: 0, count: BlockCodec.count)
  }

  deinit {
    unsafe gaps.deallocate()
    unsafe frequencies.deallocate()
    unsafe deltas.deallocate()
  }

  /// Starts a term. `norms`, when given, has a length code for each document that will be added.
  func beginTerm(hasPositions: Bool, norms: UnsafePointer<UInt8>?) {
    self.hasPositions = hasPositions
    unsafe self.norms = norms
    previous = -1
    documentCount = 0
    total = 0
    pending = 0
    pendingDeltas = 0
    highestFrequency = 0
    lowestNorm = 255
    blocks.removeAll()
    positionBlocks.removeAll()
    lastDocuments.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    occurrences.removeAll(keepingCapacity: true)
    impacts.removeAll(keepingCapacity: true)
    positionEnds.removeAll(keepingCapacity: true)
  }

  /// Adds a document, in ascending order, after the deltas of its positions have been added.
  @inline(__always)
  func add(document: DocID, frequency: UInt32) {
    unsafe gaps[pending] = UInt32(truncatingIfNeeded: Int64(document) - previous - 1)
    unsafe frequencies[pending] = frequency &- 1
    previous = Int64(document)
    total += Int(frequency)
    documentCount += 1
    pending += 1
    if frequency > highestFrequency { highestFrequency = frequency }
    if let norms = unsafe norms {
      let norm = unsafe norms[Int(document)]
      if norm < lowestNorm { lowestNorm = norm }
    } else {
      lowestNorm = 0
    }
    if pending == BlockCodec.count { finishBlock() }
  }

  /// Adds the distance of an occurrence from the one before in the same document.
  @inline(__always)
  func add(positionDelta delta: UInt32) {
    unsafe deltas[pendingDeltas] = delta
    pendingDeltas += 1
    if pendingDeltas == BlockCodec.count { finishPositionBlock() }
  }

  private func finishBlock() {
    let gapBits = unsafe BlockCodec.width(gaps, BlockCodec.count)
    let frequencyBits = unsafe BlockCodec.width(frequencies, BlockCodec.count)
    let out = unsafe blocks.append(uninitialized: 2 + 16 * (gapBits + frequencyBits))
    unsafe out[0] = UInt8(gapBits)
    unsafe out[1] = UInt8(frequencyBits)
    unsafe BlockCodec.pack(gaps, bits: gapBits, into: out + 2)
    unsafe BlockCodec.pack(frequencies, bits: frequencyBits, into: out + 2 + 16 * gapBits)
    lastDocuments.append(UInt32(previous))
    ends.append(UInt32(blocks.count))
    occurrences.append(UInt32(truncatingIfNeeded: total))
    impacts.append(UInt8(min(highestFrequency, 255)))
    impacts.append(lowestNorm)
    highestFrequency = 0
    lowestNorm = 255
    pending = 0
  }

  private func finishPositionBlock() {
    let bits = unsafe BlockCodec.width(deltas, BlockCodec.count)
    let out = unsafe positionBlocks.append(uninitialized: 1 + 16 * bits)
    unsafe out[0] = UInt8(bits)
    unsafe BlockCodec.pack(deltas, bits: bits, into: out + 1)
    positionEnds.append(UInt32(positionBlocks.count))
    pendingDeltas = 0
  }

  /// Ends the term and writes its lists. At least one document has been added.
  func endTerm() throws(IndexError) -> TermInfo {
    var info = TermInfo(documentFrequency: documentCount, totalFrequency: total)
    info.postings = postingsFile.position..<postingsFile.position
    info.positions = positionsFile.position..<positionsFile.position
    if documentCount == 1 {
      info.singleDocument = DocID(previous)
    } else {
      list.removeAll()
      for value in lastDocuments { list.append(u32: value) }
      for value in ends { list.append(u32: value) }
      if hasPositions { for value in occurrences { list.append(u32: value) } }
      for value in impacts { list.append(value) }
      list.append(contentsOf: blocks)
      for i in 0..<pending {
        let frequency = unsafe frequencies[i]
        unsafe list.append(varint: UInt64(gaps[i]) << 1 | (frequency == 0 ? 1 : 0))
        if frequency > 0 { list.append(varint: UInt64(frequency - 1)) }
      }
      info.postings = try write(list, to: postingsFile)
    }
    if hasPositions {
      list.removeAll()
      for value in positionEnds { list.append(u32: value) }
      list.append(contentsOf: positionBlocks)
      for i in 0..<pendingDeltas { unsafe list.append(varint: UInt64(deltas[i])) }
      info.positions = try write(list, to: positionsFile)
    }
    return info
  }

  private func write(_ bytes: EncodeBuffer, to file: IndexFileWriter) throws(IndexError) -> Range<Int> {
    guard bytes.count <= Int(UInt32.max) else {
      throw IndexError(.limitExceeded, "a posting list takes more than 4 GiB")
    }
    let start = file.position
    unsafe try bytes.withBytes { (raw) throws(IndexError) in try unsafe file.write(raw) }
    return start..<file.position
  }
}
