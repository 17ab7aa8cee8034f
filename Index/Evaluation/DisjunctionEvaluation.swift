// The best documents of a disjunction of terms: MaxScore over windows of documents.

internal import Storage

/// Scores a disjunction window by window.
///
/// For each window the block impacts give a bound of each term's score. The terms of the lowest bounds that
/// together cannot lift a document over the threshold are not essential (Turtle and Flood, "Query evaluation:
/// strategies and optimizations", 1995): documents are found in the postings of the others, whose scores are
/// added up in an array with one slot for each document of the window, and only those whose sum can still reach
/// the threshold are looked up in the rest. Bounds by window follow Ding and Suel, "Faster Top-k Document
/// Retrieval Using Block-Max Indexes" (2011), and Lucene's `MaxScoreBulkScorer`. As soon as one term is left that is
/// essential in the whole segment, its documents are the candidates of a conjunction with that term alone, and the other
/// terms are optional.
@safe
final class DisjunctionEvaluation {
  private let matching: ScoredCursors
  private let optional: ScoredCursors
  private var optionalPhrases: OptionalPhrases
  private let filters: [Scorer]
  private let excluded: [Scorer]
  private let segment: SegmentReader
  private let place: Int
  private let scratch: EvaluationScratch
  private let context: ReadingContext
  /// The bounds of the optional phrases and terms.
  private let optionalBound: Double

  /// Finds documents that have one of the `matching` terms, pass all `filters` and are not `excluded`, in the segment at
  /// `place` of its snapshot.
  init(
    _ matching: [ScoredCursor], optional: [ScoredCursor], optionalPhrases: OptionalPhrases, filters: [Scorer],
    excluded: [Scorer], segment: SegmentReader, place: Int, scratch: EvaluationScratch, context: ReadingContext
  ) {
    self.matching = ScoredCursors(matching.sorted { $0.bound < $1.bound }, context: context)
    self.optional = ScoredCursors(optional.sorted { $0.bound > $1.bound }, context: context)
    self.optionalPhrases = optionalPhrases
    self.filters = filters
    self.excluded = excluded
    self.segment = segment
    self.place = place
    self.scratch = scratch
    self.context = context
    optionalBound = optional.reduce(optionalPhrases.bound) { $0 + $1.bound }
  }

  /// Shows the documents of a range to the collector that can come in.
  func collect(into collector: inout TopDocumentsCollector, in range: Range<DocID>) {
    if segment.live == nil, filters.isEmpty, excluded.isEmpty { primeThreshold(of: &collector) }
    var window = Window(matching)
    var start = range.lowerBound
    var known = -Float.infinity
    var size = windowSize(essential: 0)
    while start < range.upperBound, !context.mustStop() {
      if collector.threshold > known {
        known = collector.threshold
        let first = firstEssential(Double(known))
        if first >= matching.count { return }
        if first == matching.count - 1 { return collectFromOne(start..<range.upperBound, &collector) }
        size = windowSize(essential: first)
      }
      let end = start + min(size, range.upperBound - start)
      collectWindow(start, end, &window, &collector)
      start = end
    }
  }

  /// Gives the collector a threshold to begin with, from single terms: no document scores less by more of them.
  private func primeThreshold(of collector: inout TopDocumentsCollector) {
    for term in matching.indices.reversed() {
      if unsafe Float(matching.base[term].bound) <= collector.threshold { return }
      unsafe ThresholdPriming.prime(&collector, with: &matching.base[term], scratch)
    }
  }

  /// The first of the terms, by ascending bound, without which a document could reach the threshold.
  private func firstEssential(_ threshold: Double) -> Int {
    var sum = optionalBound
    for term in matching.indices {
      sum += unsafe matching.base[term].bound
      if sum > threshold { return term }
    }
    return matching.count
  }

  /// As many documents as are expected to have some hundred postings of the terms from `first` on, more where there are
  /// many terms: each of them costs something in each window.
  private func windowSize(essential first: Int) -> DocID {
    var postings = 1
    for term in first..<matching.count { postings += unsafe matching.base[term].cursor.documentFrequency }
    let wantedPostings = max(Self.postingsOfWindow, Self.postingsOfTerm * (matching.count + optional.count))
    let wanted = wantedPostings * segment.documentCount / postings
    var size = Self.smallestWindow
    while size < EvaluationScratch.windowSize, size < wanted { size *= 2 }
    return DocID(size)
  }

  private static let postingsOfWindow = 512
  private static let postingsOfTerm = 64
  private static let smallestWindow = 2048

  /// Goes on with the documents of the last term only.
  private func collectFromOne(_ range: Range<DocID>, _ collector: inout TopDocumentsCollector) {
    let last = matching.count - 1
    var parts = ConjunctionParts(required: [(unsafe matching.base[last], .scores)])
    for term in 0..<last { unsafe parts.optional.append(matching.base[term]) }
    for term in optional.indices { unsafe parts.optional.append(optional.base[term]) }
    parts.optionalPhrases = optionalPhrases
    parts.others = filters.map { ($0, false) }
    parts.excludedOthers = excluded
    let evaluation = ConjunctionEvaluation(parts, segment: segment, place: place, scratch: scratch, context: context)
    _ = evaluation.collect(into: &collector, counts: false, scores: true, in: range)
  }

  // MARK: One window

  /// The terms in an order that follows their bounds from window to window.
  private struct Window {
    /// Places of the matching terms by ascending bound.
    private(set) var order: [Int]

    init(_ matching: ScoredCursors) { order = Array(matching.indices) }

    @inline(__always)
    mutating func sort(_ matching: ScoredCursors) {
      guard order.count <= Self.few else {
        return order.sort { unsafe matching.base[$0].windowBound < matching.base[$1].windowBound }
      }
      // Nearly sorted from window to window.
      for i in order.indices.dropFirst() {
        let moving = order[i]
        let bound = unsafe matching.base[moving].windowBound
        var j = i
        while j > 0, unsafe matching.base[order[j - 1]].windowBound > bound {
          order[j] = order[j - 1]
          j -= 1
        }
        order[j] = moving
      }
    }

    private static let few = 16
  }

  private func collectWindow(
    _ start: DocID, _ end: DocID, _ window: inout Window, _ collector: inout TopDocumentsCollector
  ) {
    let threshold = Double(collector.threshold)
    let hasThreshold = threshold > -.infinity
    var firstEssential = 0
    var rest = optionalBound
    if hasThreshold {
      for term in matching.indices { unsafe matching.base[term].setWindow(start, end) }
      rest = optionalPhrases.bound
      for term in optional.indices {
        unsafe optional.base[term].setWindow(start, end)
        rest += unsafe optional.base[term].windowBound
      }
      window.sort(matching)
      var sum = rest
      while firstEssential < window.order.count {
        sum += unsafe matching.base[window.order[firstEssential]].windowBound
        if sum > threshold { break }
        rest = sum
        firstEssential += 1
      }
      if firstEssential == window.order.count { return }
    }
    var postings = 0
    for term in window.order[firstEssential...] {
      postings += unsafe addWindow(&matching.base[term], start, end, marks: scratch.marks)
    }
    if postings == 0 { return }
    let words = Int(end - start + 63) / 64
    let marks = unsafe scratch.marks
    let sums = unsafe scratch.sums
    let minimum = hasThreshold ? threshold - rest : -.infinity
    // Where many are marked, looking at all sums costs less than picking them out.
    let isDense = postings > Int(end - start) / 16
    var candidates =
      isDense && minimum >= 0
      ? unsafe BatchKernels.siftAll(sums, words: words, above: minimum, into: scratch.slots)
      : unsafe BatchKernels.sift(marks, words: words, sums, above: minimum, into: scratch.slots)
    if let live = segment.live { candidates = keepLive(live, start, candidates) }
    var isClean = true
    // Of the other terms those of the highest bounds come first: after some, fewer can still reach the threshold.
    let step = (rest - optionalPhrases.bound) / Self.siftsOfWindow
    var sifted = rest
    for place in 0..<firstEssential + optional.count {
      if candidates == 0 { break }
      let term =
        place < firstEssential
        ? unsafe matching.base + window.order[firstEssential - 1 - place]
        : unsafe optional.base + (place - firstEssential)
      unsafe rest -= term.pointee.windowBound
      let expected = unsafe term.pointee.cursor.documentFrequency * Int(end - start) / max(1, segment.documentCount)
      // A term whose postings in the window are not many more than the candidates is cheaper added up than looked up.
      if expected < Self.lookupCost * candidates {
        _ = unsafe addWindow(&term.pointee, start, end, marks: nil)
        isClean = false
      } else {
        unsafe lookUp(&term.pointee, start, candidates)
      }
      if hasThreshold, sifted - rest >= step {
        candidates = keep(candidates, above: threshold - rest)
        sifted = rest
      }
    }
    show(start, candidates, &collector)
    if isClean, !isDense {
      for word in 0..<words {
        var bits = unsafe marks[word]
        while bits != 0 {
          unsafe sums[word << 6 + bits.trailingZeroBitCount] = 0
          bits &= bits - 1
        }
      }
    } else {
      unsafe sums.update(repeating: 0, count: Int(end - start))
    }
    unsafe marks.update(repeating: 0, count: words)
  }

  /// The candidates of a window are sifted again this many times at most.
  private static let siftsOfWindow = 12.0
  /// Looking a document up in a term costs about as much as adding this many of its postings to the sums.
  private static let lookupCost = 8

  /// Adds a term's scores of the window to the sums and, where it decides what matches, marks its documents. Returns the
  /// number of postings.
  @inline(__always)
  private func addWindow(
    _ scored: inout ScoredCursor, _ start: DocID, _ end: DocID, marks: UnsafeMutablePointer<UInt64>?
  ) -> Int {
    var document = scored.seek(start)
    var postings = 0
    while document < end {
      let documents = unsafe scored.cursor.blockDocuments
      let frequencies = unsafe scored.cursor.blockFrequencies()
      let length = scored.cursor.blockLength
      let from = scored.cursor.place
      let to = unsafe documents[length - 1] < end ? length : BatchKernels.place(of: end, in: documents)
      unsafe scored.scoring.score(documents + from, frequencies + from, count: to - from, into: scratch.scores + from)
      unsafe BatchKernels.accumulate(
        documents, scratch.scores, from..<to, start: start, sums: scratch.sums, marks: marks)
      postings += to - from
      if to < length {
        scored.cursor.move(toPlace: to)
        break
      }
      document = scored.cursor.enter(scored.cursor.currentBlock + 1)
    }
    return postings
  }

  private func keepLive(_ live: LiveDocuments, _ start: DocID, _ count: Int) -> Int {
    var kept = 0
    for place in 0..<count {
      let slot = unsafe scratch.slots[place]
      if live.contains(start + slot) {
        unsafe scratch.slots[kept] = slot
        kept += 1
      }
    }
    return kept
  }

  private func isAllowed(_ document: DocID) -> Bool {
    filters.allSatisfy { $0.advance(to: document) == document && $0.matches() }
      && excluded.allSatisfy { $0.advance(to: document) != document || !$0.matches() }
  }

  /// Adds to the candidates' sums what a term scores in them.
  private func lookUp(_ term: inout ScoredCursor, _ start: DocID, _ candidates: Int) {
    for place in 0..<candidates {
      let slot = unsafe scratch.slots[place]
      let document = start + slot
      if term.seek(document) == document {
        unsafe scratch.sums[Int(slot)] += Double(
          term.scoring.score(frequency: term.cursor.frequency, document: document))
      }
    }
  }

  /// Keeps the candidates with sums above a minimum. Returns how many are left.
  private func keep(_ candidates: Int, above minimum: Double) -> Int {
    var kept = 0
    for place in 0..<candidates {
      let slot = unsafe scratch.slots[place]
      unsafe scratch.slots[kept] = slot
      unsafe kept += scratch.sums[Int(slot)] > minimum ? 1 : 0
    }
    return kept
  }

  /// Shows those of the candidates that can come in, of which only the phrases are still to be scored.
  private func show(_ start: DocID, _ candidates: Int, _ collector: inout TopDocumentsCollector) {
    for place in 0..<candidates {
      let slot = unsafe scratch.slots[place]
      let document = start + slot
      var sum = unsafe scratch.sums[Int(slot)]
      let threshold = Double(collector.threshold)
      if !optionalPhrases.isEmpty { optionalPhrases.add(to: &sum, document, threshold: threshold) }
      if sum <= threshold || !isAllowed(document) { continue }
      collector.collect(DocAddress(segment: self.place, document: document), score: Float(sum))
    }
  }
}
