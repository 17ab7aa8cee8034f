// Reads the positions of one term; the layout is in `PostingsWriter.swift`.

internal import Storage

/// Random access to the positions of a posting list by block and place, so that documents which do not matter cost
/// nothing and the positions of one document are read without unpacking those of others.
///
/// Invariants: `sums` holds the sums of `sumsBlock`; it and `scratch` are buffers of the context with room for a block and
/// 8 more. The context and the segment's file outlive the cursor.
@safe
struct PositionsCursor {
  private let context: Unmanaged<ReadingContext>
  private let file: Unmanaged<IndexFile>
  private let base: UnsafePointer<UInt8>
  private let byteCount: Int
  /// The position of a list of one occurrence, which has no bytes.
  private let single: UInt32?
  private let sums: UnsafeMutablePointer<UInt32>
  private let scratch: UnsafeMutablePointer<UInt32>
  private var sumsBlock = -1
  private var sumsCount = 0

  /// Opens the positions of a term.
  ///
  /// - Throws: `corrupt` when the list does not lie in its file.
  init(_ info: TermInfo, file: IndexFile, context: ReadingContext) throws(IndexError) {
    unsafe self.context = Unmanaged.passUnretained(context)
    unsafe self.file = Unmanaged.passUnretained(file)
    unsafe sums = context.buffer(2 * (BlockCodec.count + 8))
    unsafe scratch = sums + BlockCodec.count + 8
    single = info.totalFrequency == 1 ? info.singlePosition : nil
    let bytes = try unsafe file.bytes(info.positions)
    byteCount = bytes.count
    unsafe base =
      bytes.baseAddress.map { unsafe $0.assumingMemoryBound(to: UInt8.self) }
      ?? UnsafePointer(UnsafeRawPointer(sums).assumingMemoryBound(to: UInt8.self))
  }

  /// Replaces `output` with the positions in the document at a place of a block that the term's cursor stands in or has
  /// left. Damage is reported to the context and gives no positions.
  mutating func read(_ postings: inout PostingsCursor, block: Int, place: Int, into output: inout PositionList) {
    output.removeAll()
    if let single {
      output.append(single)
      return
    }
    if block != sumsBlock {
      sumsCount = unsafe postings.sumOccurrences(ofBlock: block, scratch: scratch, into: sums)
      sumsBlock = block
    }
    guard place < sumsCount else { return fail() }
    let first = unsafe Int(sums[place])
    let count = unsafe Int(sums[place + 1]) - first
    let start = postings.positionsStart(ofBlock: block)
    // Sums of damaged frequencies may have wrapped.
    guard count >= 0, unsafe sums[place + 1] <= sums[sumsCount], start <= byteCount else { return fail() }
    if let end = postings.positionsEnd(ofBlock: block) {
      guard start < end, end <= byteCount else { return fail() }
      unsafe readRun(base + start, length: end - start, first, count, total: Int(sums[sumsCount]), &output)
    } else {
      unsafe readTailRun(base + start, length: byteCount - start, first, count, total: Int(sums[sumsCount]), &output)
    }
    output.addUp()
  }

  /// Replaces `output` with the deltas of a whole block that the term's cursor stands in, of `total` occurrences, as they
  /// are stored: each position less the one before in its document. Damage is reported to the context.
  mutating func readDeltas(_ postings: PostingsCursor, block: Int, total: Int, into output: inout PositionList) {
    output.removeAll()
    if let single {
      if total == 1 { output.append(single) } else { fail() }
      return
    }
    let start = postings.positionsStart(ofBlock: block)
    let end = postings.positionsEnd(ofBlock: block)
    guard start <= end ?? byteCount, end ?? byteCount <= byteCount else { return fail() }
    if let end {
      guard start < end else { return fail() }
      unsafe readRun(base + start, length: end - start, 0, total, total: total, &output)
    } else {
      unsafe readTailRun(base + start, length: byteCount - start, 0, total, total: total, &output)
    }
  }

  /// Appends `count` deltas of a run from the place `first` on.
  private mutating func readRun(
    _ run: UnsafePointer<UInt8>, length: Int, _ first: Int, _ count: Int, total: Int, _ output: inout PositionList
  ) {
    guard length > 0 else { return fail() }
    let low = unsafe Int(run[0])
    // Before there is room for the deltas: sums of damaged frequencies may be anything.
    guard RunCodec.isPossible(length: length - 1, total: total, low: low) else { return fail() }
    let values = unsafe output.append(uninitialized: count)
    let isRun = unsafe RunCodec.unpack(
      run + 1, length: length - 1, total: total, low: low, from: first, count: count, into: values)
    if !isRun { fail(&output) }
  }

  private mutating func readTailRun(
    _ run: UnsafePointer<UInt8>, length: Int, _ first: Int, _ count: Int, total: Int, _ output: inout PositionList
  ) {
    if total >= PostingsLayout.varintRun {
      return unsafe readRun(run, length: length, first, count, total: total, &output)
    }
    var bytes = unsafe RawCursor(run, count: length)
    for _ in 0..<first { _ = bytes.varint() }
    for _ in 0..<count { output.append(UInt32(truncatingIfNeeded: bytes.varint())) }
    if bytes.failed || (first + count == total && bytes.remaining > 0) { fail(&output) }
  }

  private func fail() {
    unsafe context._withUnsafeGuaranteedRef {
      $0.report(
        IndexError(.corrupt, "a run of positions is damaged", file: unsafe file.takeUnretainedValue().name))
    }
  }

  private func fail(_ output: inout PositionList) {
    output.removeAll()
    fail()
  }
}
