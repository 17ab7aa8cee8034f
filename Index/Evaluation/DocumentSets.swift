// Sets of documents as bits: counts of disjunctions.

internal import Storage

/// Gathers the documents of posting lists.
enum DocumentSets {
  /// Looking a document up in a list costs about as much as marking this many of its postings.
  private static let lookupCost = 8

  /// How many documents of a range have at least one of the terms, deleted ones left out. The range begins at a multiple
  /// of 64, and ends at one or with the segment.
  static func count(
    anyOf cursors: ScoredCursors, in segment: SegmentReader, _ range: Range<DocID>, scratch: EvaluationScratch,
    context: ReadingContext
  ) -> Int {
    guard cursors.count > 0 else { return 0 }
    // |A ∪ B| = |B| + |A \ B|: where the longest list is much longer than the others, theirs are looked up in it.
    var longest = 0
    var sum = 0
    for term in cursors.indices {
      let count = unsafe cursors.base[term].cursor.documentFrequency
      sum += count
      if unsafe count > cursors.base[longest].cursor.documentFrequency { longest = term }
    }
    let length = unsafe cursors.base[longest].cursor.documentFrequency
    if segment.live == nil, range.count == segment.documentCount, (sum - length) * lookupCost < length {
      return length + count(anyOf: cursors, butNot: longest, in: segment, scratch: scratch, context: context)
    }
    return unsafe forEachWindow(
      anyOf: cursors, but: nil, in: segment, range, scratch: scratch, context: context
    ) { _, _, _ in }
  }

  /// How many documents have one of the terms but not a certain one.
  private static func count(
    anyOf cursors: ScoredCursors, butNot longest: Int, in segment: SegmentReader, scratch: EvaluationScratch,
    context: ReadingContext
  ) -> Int {
    let batch = scratch.batch
    batch.track(0)
    var found = 0
    let all = 0..<DocID(segment.documentCount)
    let total = unsafe forEachWindow(
      anyOf: cursors, but: longest, in: segment, all, scratch: scratch, context: context
    ) { start, marks, words in
      var word = 0
      while word < words {
        word = unsafe batch.fill(from: marks, words: words, start: start, word: word)
        unsafe found += batch.countFound(&cursors.base[longest])
      }
    }
    return total - found
  }

  /// Marks the documents of the terms window by window and hands each window's marks to `body`. Returns how many live
  /// documents were marked.
  private static func forEachWindow(
    anyOf cursors: ScoredCursors, but omitted: Int?, in segment: SegmentReader, _ range: Range<DocID>,
    scratch: EvaluationScratch, context: ReadingContext,
    _ body: (_ start: DocID, _ marks: UnsafePointer<UInt64>, _ words: Int) -> Void
  ) -> Int {
    let marks = unsafe scratch.marks
    for term in cursors.indices where term != omitted { _ = unsafe cursors.base[term].seek(range.lowerBound) }
    var total = 0
    var start = range.lowerBound
    while start < range.upperBound, !context.mustStop() {
      let end = start + min(range.upperBound - start, DocID(EvaluationScratch.windowSize))
      for term in cursors.indices where term != omitted {
        unsafe cursors.base[term].cursor.mark(from: start, to: end, marks)
      }
      let words = Int(end - start + 63) / 64
      if let live = segment.live {
        for word in 0..<words { unsafe marks[word] &= live.words[Int(start) / 64 + word] }
      }
      total += unsafe BatchKernels.count(marks, words)
      unsafe body(start, marks, words)
      // What bit sets marked beyond the window opens the next one; beyond the range it is dropped.
      unsafe marks.update(repeating: 0, count: words)
      let slack = unsafe marks + words
      if end < range.upperBound { unsafe marks.update(from: slack, count: EvaluationScratch.markSlack) }
      unsafe slack.update(repeating: 0, count: EvaluationScratch.markSlack)
      start = end
    }
    // A search that was stopped leaves the beginning of its next window.
    unsafe marks.update(repeating: 0, count: EvaluationScratch.markSlack)
    return total
  }
}
