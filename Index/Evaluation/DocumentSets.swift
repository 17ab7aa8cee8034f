// Sets of documents as bits: counts of disjunctions and the documents of many terms.

internal import Storage

/// Gathers the documents of posting lists.
enum DocumentSets {
  /// How many documents have at least one of the terms, deleted ones left out.
  static func count(anyOf cursors: ScoredCursors, in segment: SegmentReader, scratch: WindowScratch) -> Int {
    let windowSize = TermDisjunction.windowSize
    let documentCount = DocID(segment.documentCount)
    let marks = unsafe scratch.marks
    var total = 0
    var start: DocID = 0
    while start < documentCount {
      let end = min(documentCount, start + DocID(windowSize))
      var isMarked = false
      for place in 0..<cursors.count {
        guard unsafe cursors.base[place].matches else { continue }
        if unsafe mark(&cursors.base[place], start, end, marks) { isMarked = true }
      }
      if isMarked {
        for word in 0..<(Int(end - start) + 63) / 64 {
          var bits = unsafe marks[word]
          unsafe marks[word] = 0
          if let live = segment.live { bits &= live.words[Int(start) / 64 + word] }
          total += bits.nonzeroBitCount
        }
      }
      start = end
    }
    return total
  }

  @inline(__always)
  private static func mark(
    _ scored: inout ScoredCursor, _ start: DocID, _ end: DocID, _ marks: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    var document = scored.seek(start)
    guard document < end else { return false }
    while document < end {
      let documents = unsafe scored.cursor.blockDocuments
      let length = scored.cursor.blockLength
      var at = scored.cursor.place
      while at < length {
        let document = unsafe documents[at]
        if document >= end { break }
        let slot = Int(document &- start)
        unsafe marks[slot >> 6] |= 1 << UInt64(slot & 63)
        at += 1
      }
      if at < length {
        scored.cursor.move(toPlace: at)
        break
      }
      document = scored.cursor.enter(scored.cursor.currentBlock + 1)
    }
    return true
  }

  /// Adds the documents of a term to a set over the whole segment.
  static func add(_ cursor: inout PostingsCursor, to words: inout [UInt64]) {
    var document = cursor.next()
    while document != .end {
      words[Int(document >> 6)] |= 1 << UInt64(document & 63)
      document = cursor.next()
    }
  }
}
