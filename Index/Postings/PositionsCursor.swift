// Reads the positions of one term; the layout is in `PostingsWriter.swift`.

internal import Storage

/// Random access to the positions of a posting list by occurrence number, so that documents which do not
/// matter cost nothing.
///
/// Invariants: `values` is a buffer of the context with room for a block; `loaded` is the block it holds. The
/// context and the segment's file outlive the cursor.
@safe
struct PositionsCursor {
  private let context: Unmanaged<ReadingContext>
  private let file: Unmanaged<IndexFile>
  private let base: UnsafePointer<UInt8>
  private let blockBytes: UnsafePointer<UInt8>
  private let blockBytesCount: Int
  private let fullBlocks: Int
  private let total: Int
  private let values: UnsafeMutablePointer<UInt32>
  private var loaded = -1

  /// Opens the positions of a term.
  ///
  /// - Throws: `corrupt` when the list does not fit its file.
  init(_ info: TermInfo, file: IndexFile, context: ReadingContext) throws(IndexError) {
    unsafe self.context = Unmanaged.passUnretained(context)
    unsafe self.file = Unmanaged.passUnretained(file)
    let bytes = try unsafe file.bytes(info.positions)
    total = info.totalFrequency
    fullBlocks = total / BlockCodec.count
    guard fullBlocks <= bytes.count / 4, let start = bytes.baseAddress else {
      throw IndexError(
        .corrupt, "a list of positions is shorter than its offsets", file: file.name,
        offset: info.positions.lowerBound)
    }
    unsafe base = start.assumingMemoryBound(to: UInt8.self)
    unsafe blockBytes = base + 4 * fullBlocks
    blockBytesCount = bytes.count - 4 * fullBlocks
    unsafe values = context.buffer(BlockCodec.count)
  }

  /// Replaces `output` with the positions of a document whose occurrences begin at number `first`.
  ///
  /// Damage is reported to the context and gives no positions.
  mutating func read(first: Int, count: Int, into output: inout [UInt32]) {
    output.removeAll(keepingCapacity: true)
    guard first >= 0, count >= 0, first <= total, count <= total - first else { return fail() }
    var position: UInt32 = 0
    var occurrence = first
    let end = first + count
    while occurrence < end {
      let block = occurrence / BlockCodec.count
      if block != loaded, !load(block) {
        output.removeAll(keepingCapacity: true)
        return fail()
      }
      let stop = min(end, (block + 1) * BlockCodec.count)
      while occurrence < stop {
        position &+= unsafe values[occurrence % BlockCodec.count]
        output.append(position)
        occurrence += 1
      }
    }
  }

  private func fail() {
    unsafe context._withUnsafeGuaranteedRef {
      $0.report(
        IndexError(.corrupt, "a block of positions is damaged", file: unsafe file.takeUnretainedValue().name))
    }
  }

  private func end(of block: Int) -> Int {
    let at = unsafe UnsafeRawPointer(base) + 4 * block
    return Int(UInt32(littleEndian: unsafe at.loadUnaligned(as: UInt32.self)))
  }

  private mutating func load(_ block: Int) -> Bool {
    loaded = -1
    let start = block == 0 ? 0 : end(of: block - 1)
    if block < fullBlocks {
      let end = end(of: block)
      guard start < end, end <= blockBytesCount else { return false }
      let bits = unsafe Int(blockBytes[start])
      guard bits <= 32, end - start == 1 + 16 * bits else { return false }
      unsafe BlockCodec.unpack(blockBytes + start + 1, bits: bits, into: values)
    } else {
      guard start <= blockBytesCount else { return false }
      var bytes = unsafe RawCursor(blockBytes + start, count: blockBytesCount - start)
      for i in 0..<total % BlockCodec.count { unsafe values[i] = UInt32(truncatingIfNeeded: bytes.varint()) }
      guard !bytes.failed, bytes.remaining == 0 else { return false }
    }
    loaded = block
    return true
  }
}
