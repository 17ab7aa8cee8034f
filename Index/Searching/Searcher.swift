// Runs queries on a snapshot.

public import Storage
internal import Synchronization

/// Finds, ranks and counts documents of one snapshot. Shared between threads. Keeps collection statistics and
/// length factors, nothing of any query.
public final class Searcher: Sendable {
  /// The snapshot.
  public let reader: IndexReader
  /// The ranking function's parameters.
  public let bm25: BM25
  /// All documents, those deleted and not merged away included: the N of idf.
  let documentCount: Int
  /// What a search may cost; see ``SearchLimits/steps``.
  let allowedSteps: Int
  /// Memory to work in that no search uses now.
  private let scratches: Mutex<[ScratchBox]> = Mutex([])
  private let lengthFactors: Mutex<[FieldNumber: LengthFactors]> = Mutex([:])

  /// k1 · (1 − b + b · length / average) of a field, at an address that stays.
  @safe
  final class LengthFactors: Sendable {
    nonisolated(unsafe) let base: UnsafePointer<Float>
    let averageLength: Float

    init(_ factors: [Float], averageLength: Float) {
      let copy = UnsafeMutablePointer<Float>.allocate(capacity: factors.count)
      for (place, factor) in factors.enumerated() { unsafe (copy + place).initialize(to: factor) }
      unsafe base = UnsafePointer(copy)
      self.averageLength = averageLength
    }

    deinit { unsafe base.deallocate() }
  }

  /// Makes a searcher.
  public init(_ reader: IndexReader, bm25: BM25 = BM25()) {
    self.reader = reader
    self.bm25 = bm25
    documentCount = reader.segments.reduce(0) { $0 + $1.documentCount }
    allowedSteps = max(SearchLimits.steps, 2 * reader.segments.reduce(0) { SegmentInfo.sum($0, $1.words) })
  }

  func lengthFactors(_ field: FieldNumber) -> LengthFactors {
    lengthFactors.withLock { cache in
      if let known = cache[field] { return known }
      var sum = FieldStatistics()
      for segment in reader.segments {
        if let statistics = segment.info.fieldStatistics[field] { sum.add(statistics) }
      }
      let average = sum.documents == 0 ? 0 : Float(Double(sum.totalLength) / Double(sum.documents))
      let made = LengthFactors(bm25.lengthFactors(averageLength: average), averageLength: average)
      cache[field] = made
      return made
    }
  }

  /// Hands scratch memory from one search to another; only one has it at a time.
  private struct ScratchBox: @unchecked Sendable { let scratch: EvaluationScratch }

  func takeScratch() -> EvaluationScratch {
    let scratch = scratches.withLock { $0.popLast() }?.scratch ?? EvaluationScratch()
    scratch.patternPostings = allowedSteps
    return scratch
  }

  func giveBack(_ scratch: EvaluationScratch) {
    let box = ScratchBox(scratch: scratch)
    scratches.withLock { if $0.count < 64 { $0.append(box) } }
  }

  // MARK: Searching

  /// - Throws: `limitExceeded` for a query that would cost more than ``SearchLimits`` allow.
  func plan(_ query: Query) throws(IndexError) -> QueryPlan {
    let plan = try QueryPlanner(self).plan(query)
    try QueryWork(self).check(plan)
    return plan
  }

  /// The best documents for a query, best first; equal scores in the order of the documents.
  ///
  /// - Throws: `corrupt` when a part of the index that the query needs is damaged; `cancelled` or `deadlineExceeded` where
  ///   the options have a control that says so; `limitExceeded` for a query beyond ``SearchLimits``; `invalidArgument` for
  ///   a facet over a field of another type.
  public func search(_ query: Query, _ options: SearchOptions = SearchOptions()) throws(IndexError) -> TopDocuments {
    if !options.facets.isEmpty { return try walk(query, sortedBy: [], options) }
    if let reason = options.control?.reasonToStop(looksAtClock: true) { throw reason }
    let plan = try plan(query)
    let (sum, isTooLarge) = max(0, options.limit).addingReportingOverflow(max(0, options.offset))
    let wanted = isTooLarge ? Int.max : sum
    if let parallel = ParallelSearch(self, plan, threads: options.threads) {
      let found = try parallel.run(
        capacity: min(wanted, documentCount), counts: options.countsTotal, options.control)
      return TopDocuments(
        hits: Array(found.hits.dropFirst(max(0, options.offset))), total: options.countsTotal ? found.total : nil)
    }
    var collector = TopDocumentsCollector(capacity: min(wanted, documentCount))
    let scratch = takeScratch()
    defer { giveBack(scratch) }
    var total = 0
    for place in reader.segments.indices {
      total += try SegmentEvaluation(self, place, scratch, options.control).collect(
        plan, into: &collector, counts: options.countsTotal)
    }
    let hits = collector.sorted().dropFirst(max(0, options.offset))
    return TopDocuments(hits: Array(hits), total: options.countsTotal ? total : nil)
  }

  /// The first of the matching documents by some keys. Visits every match.
  ///
  /// - Throws: `invalidArgument` for a field that is no column of numbers, or a facet over a field of another type;
  ///   `corrupt` when a part of the index that the query needs is damaged; what ``search(_:_:)`` throws besides.
  public func search(_ query: Query, sortedBy keys: [SortKey], _ options: SearchOptions = SearchOptions())
    throws(IndexError) -> TopDocuments
  {
    for case .column(let field) in keys.map(\.source) {
      guard let type = reader.schema.field(field)?.type, type != .text else {
        throw IndexError(.invalidArgument, "documents are sorted by columns of numbers")
      }
    }
    return try walk(query, sortedBy: keys, options)
  }

  /// Visits every match once and hands it to everything that wants to know of it.
  private func walk(_ query: Query, sortedBy keys: [SortKey], _ options: SearchOptions) throws(IndexError)
    -> TopDocuments
  {
    if let reason = options.control?.reasonToStop(looksAtClock: true) { throw reason }
    let plan = try plan(query)
    let (sum, isTooLarge) = max(0, options.limit).addingReportingOverflow(max(0, options.offset))
    let facets = try options.facets.map { (facet) throws(IndexError) in try FacetCollector(facet, reader) }
    var collectors = MatchCollectors(
      capacity: min(isTooLarge ? Int.max : sum, documentCount), sortedBy: keys, facets: facets)
    let scratch = takeScratch()
    defer { giveBack(scratch) }
    for place in reader.segments.indices {
      try SegmentEvaluation(self, place, scratch, options.control).visit(plan, &collectors)
    }
    return TopDocuments(
      hits: Array(collectors.best.dropFirst(max(0, options.offset))),
      total: options.countsTotal ? collectors.total : nil, facets: try collectors.facetCounts(options.control))
  }

  /// The exact number of documents that match.
  public func count(_ query: Query) throws(IndexError) -> Int {
    let plan = try plan(query.withoutOptionalParts)
    let scratch = takeScratch()
    defer { giveBack(scratch) }
    var total = 0
    for place in reader.segments.indices { total += try SegmentEvaluation(self, place, scratch).count(plan) }
    return total
  }
}
