// Encodes posting lists and positions, one term after another.
//
//   PostingList := [SkipTable] Block^B [Tail]        B = documentFrequency / 128, T = 1 where documents are left, else 0
//   SkipTable   := lastDocument:u32^(B + T) end:u16^B [positionsEnd:u32^B] impact:Impact^(B + T)     only where B > 0
//                  [groupStart:u32^G groupImpact:Impact^G]                      G = (B + T + 31) / 32, only where B > 32
//   Impact      := (frequency:u8 norm:u8)^2
//   Block       := frequencyBits:u8 patches:u8 documents frequencies:packed128(frequency - 1) (place:u8 high:u8)^patches
//   documents   := word:u64^(span / 64 + 1)    a set of bits, where the span, the last document less the base, is below 640;
//                                              the base is the last document of the block before, plus one, or 0
//                | low:packed128 high:u8^n     in Elias-Fano codes (`ckernels_ascending.h`)
//   Tail        := gapBits:u5 frequencyBits:u3 [frequencyBits:u8] stream(gap - 1) stream(frequency - 1)
//
//   PositionList := Run^B [TailRun]
//   Run          := low:u8 run(delta)          in Rice codes with `low` low bits (`ckernels_runs.h`)
//   TailRun      := varint(delta)^n            where n, the occurrences of the tail, is below 8
//                 | Run
//
// A patch adds high << width to the frequency at its place. A gap counts from the document before (from -1 at the
// start), a position delta from the position before in the same document (from 0). `end` is the offset behind a block,
// from the first block of its group of 32 on, `groupStart` that of a group, from the first block of the list on;
// `positionsEnd` the offset behind the run of the block's positions. The bounds of an impact hold together: every
// posting of the block, or group, has a frequency not above (255: any) and a length code not below those of the first
// pair, or of the second.

internal import Storage

/// Writes the postings and positions files of a segment.
@safe
final class PostingsWriter {
  private let postingsFile: IndexFileWriter
  private let positionsFile: IndexFileWriter

  private let frequencies: UnsafeMutablePointer<UInt32>
  private let documents: UnsafeMutablePointer<UInt32>
  private let scratch: UnsafeMutablePointer<UInt32>
  private var pending = 0
  /// The deltas of the pending documents' positions, then those of documents to come.
  private var deltas: UnsafeMutablePointer<UInt32>
  private var deltaCapacity = 1 << 10
  private var deltaCount = 0
  /// How many of them are of the pending documents.
  private var pendingDeltas = 0

  private let blocks = EncodeBuffer()
  private let runs = EncodeBuffer()
  private let list = EncodeBuffer()
  private var lastDocuments: [UInt32] = []
  private var ends: [Int] = []
  private var positionsEnds: [UInt32] = []
  private var impacts: [Impact] = []

  private var hasPositions = false
  private var norms: UnsafePointer<UInt8>?
  private var previous: Int64 = -1
  private var documentCount = 0
  private var total = 0

  init(postings: IndexFileWriter, positions: IndexFileWriter) {
    postingsFile = postings
    positionsFile = positions
    unsafe frequencies = .allocate(capacity: BlockCodec.count)
    unsafe documents = .allocate(capacity: BlockCodec.count)
    unsafe scratch = .allocate(capacity: BlockCodec.count)
    unsafe deltas = .allocate(capacity: deltaCapacity)
    unsafe frequencies.initialize(repeating: 0, count: BlockCodec.count)
    unsafe documents.initialize(repeating: 0, count: BlockCodec.count)
    unsafe scratch.initialize(repeating: 0, count: BlockCodec.count)
  }

  deinit {
    unsafe frequencies.deallocate()
    unsafe documents.deallocate()
    unsafe scratch.deallocate()
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
    deltaCount = 0
    blocks.removeAll()
    runs.removeAll()
    lastDocuments.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    positionsEnds.removeAll(keepingCapacity: true)
    impacts.removeAll(keepingCapacity: true)
  }

  /// Adds documents, ascending, with the term's frequency in each, after the deltas of their positions.
  func add(documents added: UnsafePointer<UInt32>, frequencies addedFrequencies: UnsafePointer<UInt32>, count: Int) {
    var taken = 0
    while taken < count {
      let part = min(count - taken, BlockCodec.count - pending)
      unsafe (documents + pending).update(from: added + taken, count: part)
      unsafe (frequencies + pending).update(from: addedFrequencies + taken, count: part)
      taken += part
      pending += part
      if pending == BlockCodec.count { finishBlock() }
    }
    documentCount += count
  }

  /// Adds one document; see ``add(documents:frequencies:count:)``.
  @inline(__always)
  func add(document: DocID, frequency: UInt32) {
    unsafe documents[pending] = document
    unsafe frequencies[pending] = frequency
    pending += 1
    documentCount += 1
    if pending == BlockCodec.count { finishBlock() }
  }

  /// Adds one distance; see ``add(positionDeltas:count:)``.
  @inline(__always)
  func add(positionDelta delta: UInt32) {
    if deltaCount == deltaCapacity { growDeltas() }
    unsafe deltas[deltaCount] = delta
    deltaCount += 1
  }

  /// Adds distances of occurrences, each from the one before in the same document or from 0, before their documents.
  func add(positionDeltas added: UnsafePointer<UInt32>, count: Int) {
    while deltaCapacity - deltaCount < count { growDeltas() }
    unsafe (deltas + deltaCount).update(from: added, count: count)
    deltaCount += count
  }

  /// Turns the frequencies of the pending documents into what is kept of them, and counts their occurrences.
  private func closePending() {
    if pending > 0 { previous = unsafe Int64(documents[pending - 1]) }
    var sum: UInt64 = 0
    for i in 0..<pending {
      let frequency = unsafe frequencies[i]
      sum &+= UInt64(frequency)
      unsafe frequencies[i] = frequency &- 1
    }
    total += Int(sum)
    pendingDeltas = hasPositions ? Int(sum) : 0
    precondition(pendingDeltas <= deltaCount, "the positions of a document were not added")
  }

  private func growDeltas() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * deltaCapacity)
    unsafe larger.update(from: deltas, count: deltaCount)
    unsafe deltas.deallocate()
    unsafe deltas = larger
    deltaCapacity *= 2
  }

  // MARK: Blocks

  private func finishBlock() {
    let base = UInt32(truncatingIfNeeded: previous + 1)
    closePending()
    let span = UInt32(previous) - base
    let frequency = unsafe BlockCodec.patchedWidth(
      frequencies, count: BlockCodec.count, patchBytes: 2, maximumPatches: PostingsLayout.frequencyPatches, highBits: 8)
    blocks.append(UInt8(frequency.bits))
    blocks.append(UInt8(frequency.patches))
    let packed = unsafe blocks.append(uninitialized: AscendingCodec.length(span: span))
    unsafe AscendingCodec.pack(documents, base: base, span: span, into: packed, scratch: scratch)
    unsafe appendBlock(frequencies, frequency.bits)
    if frequency.patches > 0 {
      for place in 0..<BlockCodec.count {
        let high = unsafe frequencies[place] >> UInt32(frequency.bits)
        if high == 0 { continue }
        blocks.append(UInt8(place))
        blocks.append(UInt8(truncatingIfNeeded: high))
      }
    }
    lastDocuments.append(UInt32(previous))
    ends.append(blocks.count)
    impacts.append(pendingImpact())
    if hasPositions {
      finishRun()
      positionsEnds.append(UInt32(truncatingIfNeeded: runs.count))
    }
    pending = 0
    unsafe deltas.update(from: deltas + pendingDeltas, count: deltaCount - pendingDeltas)
    deltaCount -= pendingDeltas
  }

  /// Packs the low bits of a block's values.
  private func appendBlock(_ values: UnsafeMutablePointer<UInt32>, _ bits: Int) {
    let mask = UInt32.max >> UInt32(32 - bits)
    for place in 0..<BlockCodec.count { unsafe scratch[place] = values[place] & mask }
    unsafe BlockCodec.pack(scratch, bits: bits, into: blocks.append(uninitialized: BlockCodec.packedLength(bits: bits)))
  }

  private func pendingImpact() -> Impact {
    unsafe Impact.covering(frequencies: frequencies, documents: documents, norms: norms, count: pending)
  }

  // MARK: Positions

  private func finishRun() {
    let low = unsafe RunCodec.low(deltas, count: pendingDeltas)
    let length = unsafe RunCodec.length(deltas, count: pendingDeltas, low: low)
    runs.append(UInt8(low))
    let out = unsafe runs.append(uninitialized: length)
    unsafe out.update(repeating: 0, count: length)
    unsafe RunCodec.pack(deltas, count: pendingDeltas, low: low, into: out)
  }

  private func finishTailRun() {
    if pendingDeltas >= PostingsLayout.varintRun { return finishRun() }
    for place in 0..<pendingDeltas { unsafe runs.append(varint: UInt64(deltas[place])) }
  }

  // MARK: Lists

  /// Ends the term and writes its lists. At least one document has been added.
  func endTerm() throws(IndexError) -> TermInfo {
    let beforeTail = previous
    closePending()
    var info = TermInfo(documentFrequency: documentCount, totalFrequency: total)
    info.postings = postingsFile.position..<postingsFile.position
    info.positions = positionsFile.position..<positionsFile.position
    if documentCount == 1 {
      info.singleDocument = DocID(previous)
      if total == 1 {
        if hasPositions { info.singlePosition = unsafe deltas[0] }
        return info
      }
    } else {
      if pending > 0, !lastDocuments.isEmpty {
        lastDocuments.append(UInt32(previous))
        impacts.append(pendingImpact())
      }
      list.removeAll()
      if !ends.isEmpty { appendSkipTable() }
      list.append(contentsOf: blocks)
      if pending > 0 { appendTail(after: beforeTail) }
      info.postings = try write(list, to: postingsFile)
    }
    if hasPositions {
      if pending > 0 { finishTailRun() }
      info.positions = try write(runs, to: positionsFile)
    }
    return info
  }

  private func appendSkipTable() {
    for value in lastDocuments { list.append(u32: value) }
    let group = PostingsLayout.blocksOfGroup
    for (place, end) in ends.enumerated() {
      let first = place / group * group
      list.append(u16: UInt16(end - (first == 0 ? 0 : ends[first - 1])))
    }
    if hasPositions { for value in positionsEnds { list.append(u32: value) } }
    for impact in impacts { append(impact) }
    guard ends.count > group else { return }
    let starts = stride(from: 0, to: impacts.count, by: group)
    for first in starts { list.append(u32: first == 0 ? 0 : UInt32(truncatingIfNeeded: ends[first - 1])) }
    for first in starts { append(Impact.covering(impacts[first..<min(impacts.count, first + group)])) }
  }

  private func append(_ impact: Impact) {
    list.append(impact.low.frequency)
    list.append(impact.low.norm)
    list.append(impact.high.frequency)
    list.append(impact.high.norm)
  }

  private func appendTail(after last: Int64) {
    var before = UInt32(truncatingIfNeeded: last)
    let gaps = unsafe scratch
    for i in 0..<pending {
      unsafe gaps[i] = documents[i] &- before &- 1
      before = unsafe documents[i]
    }
    let gapBits = unsafe BlockCodec.width(gaps, pending)
    let frequencyBits = unsafe BlockCodec.width(frequencies, pending)
    list.append(UInt8(gapBits & 31) << 3 | UInt8(min(frequencyBits, 7)))
    if frequencyBits >= 7 { list.append(UInt8(frequencyBits)) }
    let length = BlockCodec.streamLength(count: pending, bits: gapBits + frequencyBits)
    let out = unsafe list.append(uninitialized: length)
    unsafe out.update(repeating: 0, count: length)
    unsafe BlockCodec.packStream(gaps, count: pending, bits: gapBits, into: out)
    unsafe BlockCodec.packStream(frequencies, count: pending, bits: frequencyBits, into: out, atBit: pending * gapBits)
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
