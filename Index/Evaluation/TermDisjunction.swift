// The best documents of a disjunction of terms: MaxScore over windows of documents.

internal import Storage

/// Scores a disjunction window by window.
///
/// For each window the block impacts give a bound of each term's score. The terms of the lowest bounds that
/// together cannot lift a document over the threshold are not essential (Turtle and Flood, "Query evaluation:
/// strategies and optimizations", 1995): documents are found in the postings of the others, whose scores are
/// added up in an array with one slot for each document of the window, and only those whose sum can still reach
/// the threshold are looked up in the rest. Bounds by window follow Ding and Suel, "Faster Top-k Document
/// Retrieval Using Block-Max Indexes" (2011), and Lucene's `MaxScoreBulkScorer`.
@safe
struct TermDisjunction {
  /// Documents of a window. Sums and marks of one window stay in the first-level cache.
  static let windowSize = 2048

  private let cursors: ScoredCursors
  private let segment: SegmentReader
  private let place: Int
  private let sums: UnsafeMutablePointer<Double>
  private let marks: UnsafeMutablePointer<UInt64>

  /// Finds documents of the segment at `place` of its snapshot.
  init(_ cursors: ScoredCursors, segment: SegmentReader, place: Int, scratch: WindowScratch) {
    self.cursors = cursors
    self.segment = segment
    self.place = place
    unsafe sums = scratch.sums
    unsafe marks = scratch.marks
  }

  /// Shows the documents to the collector. Returns the number of matches when `counts`, which makes every match be
  /// visited.
  func collect(into collector: inout TopDocumentsCollector, counts: Bool) -> Int {
    let all = unsafe UnsafeMutableBufferPointer(start: cursors.base, count: cursors.count)
    // Places into `all`, by ascending bound, those that match; then the ones that only score.
    var order = all.indices.filter { unsafe all[$0].matches }
    let optional = all.indices.filter { unsafe !all[$0].matches }
    let documentCount = DocID(segment.documentCount)
    var total = 0
    var start: DocID = 0
    while start < documentCount {
      let end = min(documentCount, start + DocID(Self.windowSize))
      var firstEssential = 0
      let hasBounds = !counts && collector.threshold > -.infinity
      if hasBounds {
        for place in all.indices { unsafe all[place].setWindow(start, end) }
        var optionalBound = 0.0
        for place in optional { optionalBound += unsafe Double(all[place].windowBound) }
        unsafe sortByBound(&order, all)
        var sum = optionalBound
        while firstEssential < order.count {
          sum += unsafe Double(all[order[firstEssential]].windowBound)
          if Float(sum) > collector.threshold { break }
          firstEssential += 1
        }
      }
      if firstEssential < order.count {
        for place in order[firstEssential...] { unsafe addWindow(&all[place], start, end, marks: true) }
        let rest = Array(order[..<firstEssential].reversed()) + optional
        unsafe total += finishWindow(start, end, rest: rest, hasBounds: hasBounds, all, &collector)
      }
      start = end
    }
    return total
  }

  @inline(__always)
  private func sortByBound(_ order: inout [Int], _ all: UnsafeMutableBufferPointer<ScoredCursor>) {
    // Nearly sorted from window to window.
    for i in order.indices.dropFirst() {
      let moving = order[i]
      let bound = unsafe all[moving].windowBound
      var j = i
      while j > 0, unsafe all[order[j - 1]].windowBound > bound {
        order[j] = order[j - 1]
        j -= 1
      }
      order[j] = moving
    }
  }

  /// Adds a term's scores of the window to the sums and, where it decides what matches, marks its documents.
  @inline(__always)
  private func addWindow(_ scored: inout ScoredCursor, _ start: DocID, _ end: DocID, marks isMarking: Bool) {
    var document = scored.seek(start)
    let scoring = scored.scoring
    let factors = unsafe scoring.factors
    while document < end {
      let documents = unsafe scored.cursor.blockDocuments
      let frequencies = unsafe scored.cursor.blockFrequencies()
      let length = scored.cursor.blockLength
      var at = scored.cursor.place
      while at < length {
        let document = unsafe documents[at]
        if document >= end { break }
        let slot = Int(document &- start)
        let frequency = unsafe Float(frequencies[at])
        let norm = unsafe scoring.norms.map { unsafe $0[Int(document)] } ?? 0
        unsafe sums[slot] += Double(scoring.weight * (frequency / (frequency + factors[Int(norm)])))
        if isMarking { unsafe marks[slot >> 6] |= 1 << UInt64(slot & 63) }
        at += 1
      }
      if at < length {
        scored.cursor.move(toPlace: at)
        return
      }
      document = scored.cursor.enter(scored.cursor.currentBlock + 1)
    }
  }

  /// Completes the sums of the marked documents that can still get in with the scores of the `rest` of the terms, shows
  /// them, and clears the window. Returns the number of live marked documents.
  private func finishWindow(
    _ start: DocID, _ end: DocID, rest: [Int], hasBounds: Bool, _ all: UnsafeMutableBufferPointer<ScoredCursor>,
    _ collector: inout TopDocumentsCollector
  ) -> Int {
    let wordCount = (Int(end - start) + 63) / 64
    var restBound = hasBounds ? 0.0 : .infinity
    if hasBounds { for place in rest { restBound += unsafe Double(all[place].windowBound) } }
    if rest.isEmpty { restBound = 0 }
    let (found, candidates) = sift(start, wordCount, restBound: restBound, threshold: collector.threshold)
    var isClean = true
    if candidates > 0 {
      // A term whose postings in the window are not many more than the candidates is cheaper added up than looked up.
      var lookups: [Int] = []
      for place in rest {
        let expected = unsafe all[place].cursor.documentFrequency * Self.windowSize / max(1, segment.documentCount)
        if expected < Self.lookupCost * candidates {
          unsafe addWindow(&all[place], start, end, marks: false)
          if hasBounds { restBound -= unsafe Double(all[place].windowBound) }
          isClean = false
        } else {
          lookups.append(place)
        }
      }
      unsafe show(start, wordCount, lookups, lookups.isEmpty ? 0 : restBound, hasBounds, all, &collector)
    }
    if !isClean { unsafe sums.update(repeating: 0, count: Int(end - start)) }
    return found
  }

  /// Looking a document up in a term costs about as much as adding this many of its postings to the sums.
  private static let lookupCost = 8

  /// Takes deleted documents, and those that cannot reach the threshold, out of the marks, with their sums. Returns how
  /// many live ones were marked and how many are left.
  private func sift(_ start: DocID, _ wordCount: Int, restBound: Double, threshold: Float) -> (found: Int, left: Int) {
    var found = 0
    var left = 0
    for word in 0..<wordCount {
      let marked = unsafe marks[word]
      if marked == 0 { continue }
      var live = marked
      if let set = segment.live { live &= set.words[Int(start) / 64 + word] }
      found += live.nonzeroBitCount
      var kept = live
      var bits = marked
      while bits != 0 {
        let bit = bits & (0 &- bits)
        let slot = word << 6 + bits.trailingZeroBitCount
        bits &= bits - 1
        let sum = unsafe sums[slot]
        if live & bit == 0 || Float(sum + restBound) * TermScoring.slack <= threshold {
          kept &= ~bit
          unsafe sums[slot] = 0
        }
      }
      unsafe marks[word] = kept
      left += kept.nonzeroBitCount
    }
    return (found, left)
  }

  /// Looks the marked documents up in the terms of `lookups`, shows those that get in, and clears marks and sums.
  private func show(
    _ start: DocID, _ wordCount: Int, _ lookups: [Int], _ lookupBound: Double, _ hasBounds: Bool,
    _ all: UnsafeMutableBufferPointer<ScoredCursor>, _ collector: inout TopDocumentsCollector
  ) {
    for word in 0..<wordCount {
      var bits = unsafe marks[word]
      if bits == 0 { continue }
      unsafe marks[word] = 0
      while bits != 0 {
        let slot = word << 6 + bits.trailingZeroBitCount
        bits &= bits - 1
        var sum = unsafe sums[slot]
        unsafe sums[slot] = 0
        let document = start + DocID(slot)
        var bound = lookupBound
        var canEnter = Float(sum + bound) * TermScoring.slack > collector.threshold
        for place in lookups where canEnter {
          if hasBounds { bound = unsafe max(0, bound - Double(all[place].windowBound)) }
          sum += unsafe Self.score(&all[place], document)
          canEnter = Float(sum + bound) * TermScoring.slack > collector.threshold
        }
        if canEnter { collector.collect(DocAddress(segment: place, document: document), score: Float(sum)) }
      }
    }
  }

  @inline(__always)
  private static func score(_ scored: inout ScoredCursor, _ document: DocID) -> Double {
    guard scored.seek(document) == document else { return 0 }
    return Double(scored.scoring.score(frequency: scored.cursor.frequency, document: document))
  }
}

/// Arrays for the documents of one window, all zero between windows.
@safe
final class WindowScratch {
  let sums: UnsafeMutablePointer<Double>
  let marks: UnsafeMutablePointer<UInt64>

  init() {
    unsafe sums = .allocate(capacity: TermDisjunction.windowSize)
    unsafe sums.initialize(repeating: 0, count: TermDisjunction.windowSize)
    unsafe marks = .allocate(capacity: TermDisjunction.windowSize / 64)
    unsafe marks.initialize(repeating: 0, count: TermDisjunction.windowSize / 64)
  }

  deinit {
    unsafe sums.deallocate()
    unsafe marks.deallocate()
  }
}
