// Merges the posting lists of one term after another.

internal import Storage

/// Copies postings from segments to a writer, block by block: documents are renumbered, frequencies and the distances
/// of positions stay as they are. Memory: a few blocks.
@safe
final class PostingsMerger {
  private let segments: [SegmentReader]
  private let maps: [[DocID]?]
  private let bases: [DocID]
  private let writer: PostingsWriter
  private let context = ReadingContext()
  /// Room for the documents and the frequencies of a block.
  private let documents: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private var deltas = PositionList()

  /// `maps` and `bases` are those of the ``SegmentMerger``.
  init(_ segments: [SegmentReader], maps: [[DocID]?], bases: [DocID], writer: PostingsWriter) {
    self.segments = segments
    self.maps = maps
    self.bases = bases
    self.writer = writer
    unsafe documents = .allocate(capacity: 2 * BlockCodec.count)
    unsafe documents.initialize(repeating: 0, count: 2 * BlockCodec.count)
    unsafe frequencies = documents + BlockCodec.count
  }

  deinit { unsafe documents.deallocate() }

  /// Writes the list of the term that segments have. Nil when none of its documents is live. `norms` has the length
  /// codes of the merged documents.
  func merge(_ sources: [MergedTerms.Source], hasPositions: Bool, norms: [UInt8]?) throws(IndexError) -> TermInfo? {
    guard let norms else { return try unsafe merge(sources, hasPositions: hasPositions, codes: nil) }
    return unsafe try norms.withUnsafeBufferPointer { (codes) throws(IndexError) in
      try unsafe merge(sources, hasPositions: hasPositions, codes: codes.baseAddress)
    }
  }

  private func merge(_ sources: [MergedTerms.Source], hasPositions: Bool, codes: UnsafePointer<UInt8>?)
    throws(IndexError) -> TermInfo?
  {
    unsafe writer.beginTerm(hasPositions: hasPositions, norms: codes)
    var kept = 0
    for source in sources {
      let (place, info) = (source.segment, source.info)
      context.recycle()
      var cursor = try segments[place].postingsCursor(info, hasPositions: hasPositions, context: context)
      var positions = hasPositions ? try segments[place].positionsCursor(info, context: context) : nil
      if let map = maps[place] {
        kept += copyMapped(&cursor, &positions, map)
      } else {
        let occurrences = copyAll(&cursor, &positions, base: bases[place])
        kept += info.documentFrequency
        try context.check()
        guard occurrences == info.totalFrequency else {
          throw IndexError(
            .corrupt, "the frequencies of a term are not what its dictionary says", file: segments[place].postings.name,
            offset: info.postings.lowerBound)
        }
      }
      try context.check()
    }
    return kept > 0 ? try writer.endTerm() : nil
  }

  /// Copies a list of a segment without deleted documents; returns how many occurrences its documents have.
  private func copyAll(_ cursor: inout PostingsCursor, _ positions: inout PositionsCursor?, base: DocID) -> Int {
    var occurrences = 0
    var block = 0
    while cursor.enter(block) != .end {
      let count = cursor.blockLength
      let old = unsafe cursor.blockDocuments
      for i in 0..<count { unsafe documents[i] = old[i] &+ base }
      let oldFrequencies = unsafe cursor.blockFrequencies()
      let total = unsafe sum(oldFrequencies, count)
      occurrences += total
      if positions != nil {
        positions?.readDeltas(cursor, block: block, total: total, into: &deltas)
        // Damage, which the context knows of.
        guard deltas.count == total else { return occurrences }
        unsafe writer.add(positionDeltas: deltas.start, count: total)
      }
      unsafe writer.add(documents: documents, frequencies: oldFrequencies, count: count)
      block += 1
    }
    return occurrences
  }

  private func sum(_ frequencies: UnsafePointer<UInt32>, _ count: Int) -> Int {
    var sum: UInt64 = 0
    for i in 0..<count { sum &+= unsafe UInt64(frequencies[i]) }
    return Int(truncatingIfNeeded: sum)
  }

  /// Copies what is live; returns how many documents that is.
  private func copyMapped(_ cursor: inout PostingsCursor, _ positions: inout PositionsCursor?, _ map: [DocID]) -> Int {
    var kept = 0
    var block = 0
    while cursor.enter(block) != .end {
      let old = unsafe cursor.blockDocuments
      let oldFrequencies = unsafe cursor.blockFrequencies()
      if positions != nil {
        let total = unsafe sum(oldFrequencies, cursor.blockLength)
        positions?.readDeltas(cursor, block: block, total: total, into: &deltas)
        guard deltas.count == total else { return kept }
      }
      var count = 0
      var occurrence = 0
      for i in 0..<cursor.blockLength {
        let document = unsafe map[Int(old[i])]
        let frequency = unsafe oldFrequencies[i]
        if document != .end {
          unsafe documents[count] = document
          unsafe frequencies[count] = frequency
          count += 1
          if positions != nil { unsafe writer.add(positionDeltas: deltas.start + occurrence, count: Int(frequency)) }
        }
        occurrence += Int(frequency)
      }
      unsafe writer.add(documents: documents, frequencies: frequencies, count: count)
      kept += count
      block += 1
    }
    return kept
  }
}
