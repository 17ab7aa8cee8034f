// Which documents a commit deletes.

internal import Storage

/// What a commit changed, in documents.
public struct CommitSummary: Sendable, Equatable {
  /// The commit's number; it grows by at least one with every change.
  public var generation: Int
  /// Documents with ids that the index did not have.
  public var added = 0
  /// Documents that replaced one with the same id.
  public var updated = 0
  /// Documents that were deleted and not replaced.
  public var removed = 0

  init(generation: Int) { self.generation = generation }
}

/// Finds, for every id, the one document that stays: the one of the highest operation, unless the id was deleted
/// later. Then drops those that queries delete. Walks the id terms of all segments side by side, or looks up the new ids
/// in the old segments when those are few; needs no memory but for the live documents.
struct DuplicateResolver {
  private struct Segment {
    let reader: SegmentReader
    /// The operation of each document; nil for a committed segment, whose documents give way to all others.
    let operations: OperationNumbers?
    var live: LiveDocuments
  }

  private struct Occurrence {
    let segment: Int
    let document: DocID
    let operation: UInt64
    let isNew: Bool
  }

  private var segments: [Segment]
  private let deletions: [[UInt8]: UInt64]
  private let control: OperationControl
  private(set) var summary = CommitSummary(generation: 0)
  private var settled = 0
  private let newDocuments: Int
  private let oldDocuments: Int

  /// Looking up an id costs about as much as walking over this many.
  private static let lookupCost = 16

  init(
    old: [SegmentReader], new: [(SegmentReader, OperationNumbers)], deletions: [[UInt8]: UInt64],
    control: OperationControl
  ) {
    self.control = control
    segments = old.map {
      Segment(reader: $0, operations: nil, live: $0.live ?? LiveDocuments(documentCount: $0.documentCount))
    }
    segments += new.map {
      Segment(reader: $0.0, operations: $0.1, live: LiveDocuments(documentCount: $0.0.documentCount))
    }
    self.deletions = deletions
    newDocuments = new.reduce(0) { $0 + $1.0.documentCount }
    oldDocuments = old.reduce(0) { $0 + $1.documentCount }
  }

  /// The segments with live documents left, with their new sets.
  func liveSegments() -> [SegmentReader] {
    segments.compactMap { segment in
      if segment.live.liveCount == 0 { return nil }
      return segment.live.deletedCount == 0 ? segment.reader : segment.reader.with(live: segment.live)
    }
  }

  /// All segments as they are after what was resolved so far.
  var readers: [SegmentReader] {
    segments.map { $0.live.deletedCount == 0 ? $0.reader : $0.reader.with(live: $0.live) }
  }

  mutating func resolve() throws(IndexError) {
    let new = segments.filter { $0.operations != nil }
    control.begin(.committing, total: newDocuments + deletions.count)
    if deletions.isEmpty, segments.count == 1, let only = new.first, !hasDuplicates(only.reader) {
      summary.added = only.reader.documentCount
      return
    }
    if newDocuments * Self.lookupCost < oldDocuments || new.isEmpty {
      try resolveByLookup()
    } else {
      try resolveByWalking()
    }
  }

  private func hasDuplicates(_ segment: SegmentReader) -> Bool {
    guard let space = segment.terms.space(field: Schema.idField, space: 0) else { return true }
    return space.statistics.sumDocumentFrequency != space.statistics.terms
  }

  private mutating func resolveByWalking() throws(IndexError) {
    let space = MergedTerms.Space(field: Schema.idField, space: 0)
    var terms = try MergedTerms(space, of: segments.map(\.reader), hasPositions: false)
    var occurrences: [Occurrence] = []
    while try terms.next() {
      try step()
      if terms.sources.count == 1, deletions.isEmpty {
        // Nearly all ids: nothing changes for one that is only in an old segment or once in a new one.
        if segments[terms.sources[0].segment].operations == nil { continue }
        if terms.sources[0].info.documentFrequency == 1 {
          summary.added += 1
          continue
        }
      }
      occurrences.removeAll(keepingCapacity: true)
      for source in terms.sources { try append(source.info, of: source.segment, to: &occurrences) }
      var id: [UInt8] = []
      if !deletions.isEmpty { unsafe try terms.withTerm { (bytes) throws(IndexError) in id = unsafe Array(bytes) } }
      settle(id, occurrences)
    }
  }

  private mutating func resolveByLookup() throws(IndexError) {
    var ids = Set(deletions.keys)
    for place in segments.indices where segments[place].operations != nil {
      guard var cursor = try idCursor(place) else { continue }
      while try cursor.next() { ids.insert(cursor.term) }
    }
    for id in ids {
      try step()
      var occurrences: [Occurrence] = []
      for place in segments.indices {
        if let found = try segments[place].reader.lookup(Term(field: Schema.idField, bytes: id)) {
          try append(found.info, of: place, to: &occurrences)
        }
      }
      settle(id, occurrences)
    }
  }

  /// Counts an id that is settled.
  private mutating func step() throws(IndexError) {
    settled += 1
    if settled % 1024 != 0 { return }
    try control.check()
    control.advance(by: 1024)
  }

  private func idCursor(_ place: Int) throws(IndexError) -> TermCursor? {
    let terms = segments[place].reader.terms
    guard let space = terms.space(field: Schema.idField, space: 0) else { return nil }
    return unsafe try terms.cursor(space)
  }

  private func append(_ info: TermInfo, of place: Int, to occurrences: inout [Occurrence]) throws(IndexError) {
    let segment = segments[place]
    let context = ReadingContext()
    var cursor = try segment.reader.postingsCursor(info, hasPositions: false, context: context)
    while cursor.next() != .end {
      let document = cursor.document
      guard segment.live.contains(document) else { continue }
      occurrences.append(
        Occurrence(
          segment: place, document: document, operation: segment.operations?[Int(document)] ?? 0,
          isNew: segment.operations != nil))
    }
    try context.check()
  }

  /// Deletes what matches queries and was not added by a later operation than the query has. Comes after
  /// ``resolve()``: a document that was replaced must not come back when the one that replaced it is deleted.
  ///
  /// - Parameter snapshot: ``readers``, as a query sees them.
  mutating func delete(matching queries: [Query: UInt64], in snapshot: IndexReader) throws(IndexError) {
    let searcher = Searcher(snapshot)
    // Its patterns may read what they like: a query that costs too much was refused when it was given.
    let scratch = EvaluationScratch()
    for (query, sequence) in queries {
      try control.check()
      let plan = try QueryPlanner(searcher).plan(query)
      for place in segments.indices {
        var matches: [DocID] = []
        try SegmentEvaluation(searcher, place, scratch).forEachMatch(plan) { matches.append($0) }
        if matches.isEmpty { continue }
        let ids = try BlockStore.Reader(segments[place].reader.ids)
        for document in matches { try delete(document, in: place, upTo: sequence, ids) }
      }
    }
  }

  /// Deletes a document that is left of those with its id, unless a later operation added it.
  private mutating func delete(_ document: DocID, in place: Int, upTo sequence: UInt64, _ ids: BlockStore.Reader)
    throws(IndexError)
  {
    if let operation = segments[place].operations?[Int(document)], operation > sequence { return }
    // Another query may have deleted it since the snapshot.
    guard segments[place].live.delete(document) else { return }
    if segments[place].operations == nil {
      summary.removed += 1
    } else if try committedHas(Array(try ids.record(document))) {
      summary.updated -= 1
      summary.removed += 1
    } else {
      summary.added -= 1
    }
  }

  /// Whether the last commit has a document with an id.
  private func committedHas(_ id: [UInt8]) throws(IndexError) -> Bool {
    let id = Term(field: Schema.idField, bytes: id)
    for segment in segments where segment.operations == nil {
      guard let found = try segment.reader.lookup(id) else { continue }
      let context = ReadingContext()
      var cursor = try segment.reader.postingsCursor(found.info, hasPositions: false, context: context)
      while cursor.next() != .end {
        // The reader has the documents that were live at the last commit.
        if segment.reader.isLive(cursor.document) { return true }
      }
      try context.check()
    }
    return false
  }

  /// Keeps one occurrence of an id at most.
  private mutating func settle(_ id: [UInt8], _ occurrences: [Occurrence]) {
    guard !occurrences.isEmpty else { return }
    // Of one operation number the later document stays: within a segment that is the higher one.
    var winner: Occurrence? = occurrences.max {
      ($0.isNew ? 1 : 0, $0.operation, $0.segment, $0.document) < (
        $1.isNew ? 1 : 0, $1.operation, $1.segment, $1.document
      )
    }
    if let deletion = deletions[id], let best = winner, !best.isNew || best.operation <= deletion { winner = nil }
    for occurrence in occurrences where occurrence.segment != winner?.segment || occurrence.document != winner?.document
    {
      segments[occurrence.segment].live.delete(occurrence.document)
    }
    let existed = occurrences.contains { !$0.isNew }
    if let winner {
      if winner.isNew { if existed { summary.updated += 1 } else { summary.added += 1 } }
    } else if existed {
      summary.removed += 1
    }
  }
}
