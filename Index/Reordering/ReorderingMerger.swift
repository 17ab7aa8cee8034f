// Merges segments into one whose documents are in a better order.

internal import Storage

/// Writes one segment that holds the live documents of one or several, similar ones close together: posting lists take
/// less room, and whole blocks of them can be skipped.
///
/// The order comes from ``RecursiveBisection`` over the text terms of all segments; everything that is kept of documents
/// follows it. Nothing but the numbers of documents differs from what ``SegmentMerger`` writes.
struct ReorderingMerger {
  private let segments: [SegmentReader]
  private let schema: Schema
  private let fingerprint: String
  private let options: ReorderingOptions
  private let control: OperationControl
  private var numbering: DocumentNumbering

  /// - Throws: `limitExceeded` when the documents are too many for a segment.
  init(
    _ segments: [SegmentReader], schema: Schema, fingerprint: String, options: ReorderingOptions,
    control: OperationControl
  ) throws(IndexError) {
    self.segments = segments
    self.schema = schema
    self.fingerprint = fingerprint
    self.options = options
    self.control = control
    numbering = try DocumentNumbering(segments)
  }

  /// Writes the segment; nil when no document is live.
  ///
  /// - Throws: `cancelled` when the control says so; nothing is left behind then.
  mutating func merge(into directory: any Directory, name: String) throws(IndexError) -> SegmentInfo? {
    guard numbering.count > 0 else { return nil }
    numbering.apply(order: try findOrder())
    control.report(.writing, fraction: 0)
    let output = try SegmentOutput(directory: directory, name: name)
    do {
      let norms = try permutedNorms()
      try writeTerms(norms: norms.codes, into: output)
      try output.writeNorms(norms.codes.keys.sorted()) { norms.codes[$0] ?? [] }
      let records = PermutedRecords(
        segments: segments, numbering: numbering, limitInBytes: options.memoryBudgetInBytes,
        control: control)
      try records.write(\.ids, to: output.ids)
      try records.write(\.store, to: output.store)
      try output.writeColumns(columns, documentCount: numbering.count)
      let info = try output.finish(
        documentCount: numbering.count, sourceBytes: segments.sourceBytes,
        fingerprint: fingerprint, schema: schema, fieldStatistics: norms.statistics)
      control.report(.writing, fraction: 1)
      return info
    } catch {
      output.abandon()
      throw error
    }
  }

  private func findOrder() throws(IndexError) -> [DocID] {
    let control = control
    control.report(.reading, fraction: 0)
    let builder = DocumentListsBuilder(
      segments, numbering: numbering, schema: schema, options: options, control: control)
    let bisection = RecursiveBisection(
      options, progress: { control.report(.ordering, fraction: $0) }, shouldContinue: { !control.isCancelled })
    let lists = try builder.build()
    control.report(.reading, fraction: 1)
    control.report(.ordering, fraction: 0)
    let order = try bisection.order(lists)
    control.report(.ordering, fraction: 1)
    return order
  }

  // MARK: Terms

  private func writeTerms(norms: [FieldNumber: [UInt8]], into output: SegmentOutput) throws(IndexError) {
    let postings = PermutedPostings(numbering: numbering, limitInBytes: options.memoryBudgetInBytes)
    let total = segments.reduce(0) { $0 + $1.terms.spaces.reduce(0) { $0 + $1.statistics.terms } }
    var done = 0
    for space in MergedTerms.spaces(of: segments) {
      let hasPositions = schema.field(space.field)?.hasPositions(space.space) ?? false
      try output.dictionary.beginSpace(field: space.field, space: space.space, hasPositions: hasPositions)
      var terms = try MergedTerms(space, of: segments, hasPositions: hasPositions)
      func write(_ norms: UnsafePointer<UInt8>?) throws(IndexError) {
        while try terms.next() {
          done += terms.sources.count
          if done % 1024 == 0 {
            try control.check()
            control.report(.writing, fraction: Double(done) / Double(max(1, total)))
          }
          let lists = terms.sources.map {
            PermutedPostings.List(segment: $0.segment, reader: segments[$0.segment], info: $0.info)
          }
          unsafe output.postings.beginTerm(hasPositions: hasPositions, norms: norms)
          guard try postings.write(lists, hasPositions: hasPositions, to: output.postings) > 0 else { continue }
          let info = try output.postings.endTerm()
          unsafe try terms.withTerm { (bytes) throws(IndexError) in try unsafe output.dictionary.add(bytes, info) }
        }
      }
      if let codes = norms[space.field] {
        unsafe try codes.withUnsafeBufferPointer { (codes) throws(IndexError) in try unsafe write(codes.baseAddress) }
      } else {
        try write(nil)
      }
    }
  }

  // MARK: Lengths and columns

  private func permutedNorms() throws(IndexError) -> (
    codes: [FieldNumber: [UInt8]], statistics: [FieldNumber: FieldStatistics]
  ) {
    var codes: [FieldNumber: [UInt8]] = [:]
    var statistics: [FieldNumber: FieldStatistics] = [:]
    for (place, segment) in segments.enumerated() {
      for field in segment.norms.fields {
        guard let old = try unsafe segment.norms.codes(of: field) else { continue }
        var all = codes.removeValue(forKey: field) ?? [UInt8](repeating: 0, count: numbering.count)
        var kept = FieldStatistics()
        var decoded = 0
        for document in 0..<segment.documentCount {
          let code = unsafe old[document]
          decoded += FieldLength.table[Int(code)]
          let number = numbering.number(of: DocID(document), in: place)
          if number == .end { continue }
          all[Int(number)] = code
          kept.documents += code > 0 ? 1 : 0
          kept.totalLength += FieldLength.table[Int(code)]
        }
        codes[field] = all
        // Exact lengths of single documents are not kept: the sum is that of the codes, scaled.
        let whole = segment.info.fieldStatistics[field]?.totalLength ?? 0
        if segment.live == nil {
          kept.totalLength = whole
        } else if decoded > 0 {
          kept.totalLength = Int((Double(whole) * Double(kept.totalLength) / Double(decoded)).rounded())
        }
        statistics[field, default: FieldStatistics()].add(kept)
      }
    }
    return (codes, statistics)
  }

  private var columns: [ColumnSource] {
    let types = segments.columnTypes
    if types.isEmpty { return [] }
    let sources = numbering.sources
    return types.map { field, type in
      let columns = segments.map { $0.columns?.column(of: field) }
      return ColumnSource(field: field, type: type) { (body) throws(IndexError) in
        for (number, source) in sources.enumerated() {
          if let bits = try columns[source.segment]?.bits(source.document) { try body(DocID(number), bits) }
        }
      }
    }
  }
}
