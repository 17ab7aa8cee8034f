// Merges segments into one.

internal import Storage

/// Writes one segment that holds the live documents of several, in the order of the segments.
struct SegmentMerger {
  private let segments: [SegmentReader]
  private let schema: Schema
  private let fingerprint: String
  /// For each segment the new number of each document, `DocID.end` for deleted ones; nil where none is deleted,
  /// so that numbers only move by the base.
  private let maps: [[DocID]?]
  private let bases: [DocID]
  private let documentCount: Int

  /// - Throws: `limitExceeded` when the documents are too many for a segment.
  init(_ segments: [SegmentReader], schema: Schema, fingerprint: String) throws(IndexError) {
    self.segments = segments
    self.schema = schema
    self.fingerprint = fingerprint
    var maps: [[DocID]?] = []
    var bases: [DocID] = []
    var next = 0
    for segment in segments {
      bases.append(DocID(next))
      if let live = segment.live {
        var map = [DocID](repeating: .end, count: segment.documentCount)
        for document in 0..<segment.documentCount where live.contains(DocID(document)) {
          map[document] = DocID(next)
          next += 1
        }
        maps.append(map)
      } else {
        maps.append(nil)
        next += segment.documentCount
      }
    }
    guard next <= IndexLimits.documentsPerSegment else {
      throw IndexError(.limitExceeded, "a segment of \(next) documents is too large")
    }
    self.maps = maps
    self.bases = bases
    documentCount = next
  }

  /// Writes the merged segment; nil when no document is live.
  ///
  /// - Throws: `cancelled` when the control says so; nothing is left behind then.
  func merge(into directory: any Directory, name: String, _ control: OperationControl) throws(IndexError)
    -> SegmentInfo?
  {
    guard documentCount > 0 else { return nil }
    control.begin(.merging, total: work)
    let output = try SegmentOutput(directory: directory, name: name)
    do {
      try mergeTerms(into: output, control)
      try output.writeNorms(normFields) { (field) throws(IndexError) in try norms(of: field) ?? [] }
      try mergeRecords(\.ids, into: output.ids, control)
      try mergeRecords(\.store, into: output.store, control)
      try output.writeColumns(columns, documentCount: documentCount)
      let info = try output.finish(
        documentCount: documentCount, sourceBytes: segments.sourceBytes,
        fingerprint: fingerprint, schema: schema, fieldStatistics: try fieldStatistics())
      control.finish()
      return info
    } catch {
      output.abandon()
      throw error
    }
  }

  /// What there is to do: each term of each segment once, each document for its id and for what is stored of it.
  private var work: Int {
    segments.reduce(0) { sum, segment in
      sum + segment.terms.spaces.reduce(0) { $0 + $1.statistics.terms } + 2 * segment.documentCount
    }
  }

  @inline(__always)
  private func newNumber(_ document: DocID, in segment: Int) -> DocID {
    if let map = maps[segment] { return map[Int(document)] }
    return bases[segment] + document
  }

  // MARK: Lengths

  private var normFields: [FieldNumber] { Set(segments.flatMap(\.norms.fields)).sorted() }

  /// The codes of a field; nil where no segment has it. Made anew each time: those of all fields would take a byte for
  /// each document and field.
  private func norms(of field: FieldNumber) throws(IndexError) -> [UInt8]? {
    var all: [UInt8]?
    for (place, segment) in segments.enumerated() {
      guard let old = try unsafe segment.norms.codes(of: field) else { continue }
      var codes = all.take() ?? [UInt8](repeating: 0, count: documentCount)
      for document in 0..<segment.documentCount {
        let new = newNumber(DocID(document), in: place)
        if new != .end { codes[Int(new)] = unsafe old[document] }
      }
      all = codes
    }
    return all
  }

  private func fieldStatistics() throws(IndexError) -> [FieldNumber: FieldStatistics] {
    var statistics: [FieldNumber: FieldStatistics] = [:]
    for segment in segments {
      for field in segment.norms.fields {
        let whole = segment.info.fieldStatistics[field] ?? FieldStatistics()
        guard let codes = try unsafe segment.norms.codes(of: field) else { continue }
        var kept = whole
        if let live = segment.live {
          // Exact lengths of single documents are not kept: with deletions the sum is that of the codes, scaled.
          kept = FieldStatistics()
          for document in 0..<segment.documentCount where live.contains(DocID(document)) {
            let code = unsafe codes[document]
            kept.documents += code > 0 ? 1 : 0
            kept.totalLength += FieldLength.table[Int(code)]
          }
          kept.totalLength = try scaled(kept.totalLength, whole: whole, segment: segment, field: field)
        }
        statistics[field, default: FieldStatistics()].add(kept)
      }
    }
    return statistics
  }

  /// What the kept documents' share of the segment's decoded lengths is of its exact total.
  private func scaled(_ kept: Int, whole: FieldStatistics, segment: SegmentReader, field: FieldNumber)
    throws(IndexError) -> Int
  {
    guard let codes = try unsafe segment.norms.codes(of: field) else { return 0 }
    let decoded = unsafe codes.reduce(0) { $0 + FieldLength.table[Int($1)] }
    return decoded == 0 ? 0 : Int((Double(whole.totalLength) * Double(kept) / Double(decoded)).rounded())
  }

  // MARK: Terms

  private func mergeTerms(into output: SegmentOutput, _ control: OperationControl) throws(IndexError) {
    var known: (field: FieldNumber, norms: [UInt8]?)?
    for space in MergedTerms.spaces(of: segments) {
      if known?.field != space.field {
        known = nil
        known = (space.field, try norms(of: space.field))
      }
      let hasPositions = schema.field(space.field)?.hasPositions(space.space) ?? false
      try output.dictionary.beginSpace(field: space.field, space: space.space, hasPositions: hasPositions)
      var terms = try MergedTerms(space, of: segments, hasPositions: hasPositions)
      try mergeSpace(&terms, hasPositions: hasPositions, norms: known?.norms, into: output, control)
    }
  }

  private func mergeSpace(
    _ terms: inout MergedTerms, hasPositions: Bool, norms: [UInt8]?, into output: SegmentOutput,
    _ control: OperationControl
  ) throws(IndexError) {
    let postings = PostingsMerger(segments, maps: maps, bases: bases, writer: output.postings)
    var merged = 0
    var untold = 0
    while try terms.next() {
      merged += 1
      untold += terms.sources.count
      if merged % 1024 == 0 {
        try control.check()
        control.advance(by: untold)
        untold = 0
      }
      guard let info = try postings.merge(terms.sources, hasPositions: hasPositions, norms: norms) else { continue }
      unsafe try terms.withTerm { (bytes) throws(IndexError) in try unsafe output.dictionary.add(bytes, info) }
    }
    control.advance(by: untold)
  }

  // MARK: Records and columns

  private func mergeRecords(
    _ part: KeyPath<SegmentReader, BlockStore>, into writer: BlockStoreWriter, _ control: OperationControl
  ) throws(IndexError) {
    for segment in segments {
      try control.check()
      defer { control.advance(by: segment.documentCount) }
      let store = segment[keyPath: part]
      guard let live = segment.live else {
        try store.copyBlocks(to: writer)
        continue
      }
      let reader = try BlockStore.Reader(store)
      for document in 0..<segment.documentCount where live.contains(DocID(document)) {
        if document % 256 == 0 { try control.check() }
        let record = try reader.record(DocID(document))
        unsafe try record.withUnsafeBufferPointer { (bytes) throws(IndexError) in
          try unsafe writer.add(UnsafeRawBufferPointer(bytes))
        }
      }
    }
  }

  private var columns: [ColumnSource] {
    segments.columnTypes.map { field, type in
      ColumnSource(field: field, type: type) { (body) throws(IndexError) in
        for (place, segment) in segments.enumerated() {
          guard let column = segment.columns?.column(of: field) else { continue }
          for document in 0..<DocID(segment.documentCount) {
            let new = newNumber(document, in: place)
            if new != .end, let bits = try column.bits(document) { try body(new, bits) }
          }
        }
      }
    }
  }
}
