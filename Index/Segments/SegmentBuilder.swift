// Builds one segment in memory and flushes it to disk.

internal import Storage

/// Takes documents term by term. Used by one thread.
///
/// Memory: four bytes for an occurrence (eight where positions jump), the distinct terms, one length for each
/// document and field; stored fields go to disk in blocks as they come. A flush needs a quarter of the log
/// again, or the longest posting list if that is larger.
final class SegmentBuilder {
  private struct Stream {
    let field: FieldNumber
    let space: TermSpace
    let hasPositions: Bool
  }

  private let output: SegmentOutput
  /// The fields; a later state of the writer's schema may be set when it got more of them.
  var schema: Schema
  private let fingerprint: String
  private let terms = TermTable()
  private let log = OccurrenceLog()
  private var streams: [Stream] = []
  private var streamNumbers: [UInt32: UInt16] = [:]
  /// For each field the lengths of documents; empty for a field without any.
  private var lengths: [[UInt32]] = []
  private var columns: [FieldNumber: ColumnValues] = [:]
  private let record = EncodeBuffer()
  private var id: [UInt8] = []

  private var currentStream: UInt16 = 0
  private var nextPosition: UInt32 = 0
  private var documentStart = 0
  private(set) var documentCount = 0
  private(set) var sourceBytes = 0
  /// For each document, the number of the operation that added it; later ones win over earlier ones with the
  /// same id.
  private(set) var operations = OperationNumbers()

  init(directory: any Directory, name: String, schema: Schema, fingerprint: String) throws(IndexError) {
    output = try SegmentOutput(directory: directory, name: name)
    self.schema = schema
    self.fingerprint = fingerprint
  }

  /// Bytes held, with what a flush will take on top.
  var memory: Int {
    log.memory + log.memory / OccurrenceGrouper.shareOfLog + terms.memory + TermTable.memoryToSort * terms.count
      + output.ids.memory + output.store.memory + record.memory
      + lengths.reduce(0) { $1.isEmpty ? $0 : $0 + 4 * $1.count + documentCount }
      + columns.values.reduce(0) { $0 + $1.memory } + operations.memory
  }

  /// Occurrences and marks in the log, those of the document that was begun among them.
  var logLength: Int { log.count }

  /// Whether one of the builder's own limits is near, so that it has to be flushed.
  var isFull: Bool {
    terms.arenaCount > TermTable.arenaLimit - (64 << 20) || log.count > 1 << 30
      || documentCount >= IndexLimits.documentsPerSegment || streams.count > IndexLimits.termSpaces - 1_024
  }

  // MARK: One document

  /// Starts a document.
  func begin(id: UnsafeBufferPointer<UInt8>) {
    documentStart = log.count
    record.removeAll(keeping: 1 << 20)
    self.id.removeAll(keepingCapacity: true)
    unsafe self.id.append(contentsOf: id)
    _ = beginTerms(field: Schema.idField, space: 0)
    var occurrence = TermOccurrence(start: 0, length: UInt32(id.count), position: 0)
    unsafe withUnsafePointer(to: &occurrence) { unsafe add(UnsafeBufferPointer(start: $0, count: 1), in: id) }
  }

  /// The terms that follow belong to this field and space; positions start again. False when the segment has too many
  /// spaces; then nothing is to follow.
  func beginTerms(field: FieldNumber, space: TermSpace) -> Bool {
    let key = UInt32(field) << 8 | UInt32(space)
    if let known = streamNumbers[key] {
      currentStream = known
    } else {
      guard streams.count < IndexLimits.termSpaces else { return false }
      currentStream = UInt16(streams.count)
      streamNumbers[key] = currentStream
      streams.append(
        Stream(field: field, space: space, hasPositions: schema.field(field)?.hasPositions(space) ?? false))
    }
    log.append(OccurrenceLog.positionMark)
    nextPosition = 0
    return true
  }

  /// Adds occurrences of terms that lie within `text`; positions do not descend from one to the next.
  func add(_ occurrences: UnsafeBufferPointer<TermOccurrence>, in text: UnsafeBufferPointer<UInt8>) {
    var first = 0
    while first < occurrences.count {
      let end = min(first + TermTable.batch, occurrences.count)
      let part = unsafe UnsafeBufferPointer(rebasing: occurrences[first..<end])
      let numbers = unsafe terms.addOccurrences(part, of: text, stream: currentStream)
      for i in 0..<part.count {
        let position = unsafe part[i].position
        if position != nextPosition { log.append(OccurrenceLog.positionMark | position) }
        nextPosition = position &+ 1
        unsafe log.append(numbers[i])
      }
      first = end
    }
  }

  /// Adds to the length of a field of the document.
  func addLength(_ length: Int, field: FieldNumber) {
    if length == 0 { return }
    let field = Int(field)
    while lengths.count <= field { lengths.append([]) }
    while lengths[field].count <= documentCount { lengths[field].append(0) }
    lengths[field][documentCount] = UInt32(clamping: Int(lengths[field][documentCount]) + length)
  }

  /// Keeps a value of a field.
  func store(_ value: UnsafeBufferPointer<UInt8>, field: FieldNumber) {
    record.append(varint: UInt64(field))
    record.append(varint: value.count)
    unsafe record.append(value)
  }

  /// Sets the document's value in a column.
  func setColumn(_ bits: UInt64, type: FieldSchema.ValueType, field: FieldNumber) {
    columns[field, default: ColumnValues(type: type)].set(bits, for: DocID(documentCount))
  }

  /// Ends the document.
  func finishDocument(operation: UInt64, sourceBytes: Int) throws(IndexError) {
    unsafe try id.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      try unsafe output.ids.add(UnsafeRawBufferPointer(bytes))
    }
    unsafe try record.withBytes { (bytes) throws(IndexError) in try unsafe output.store.add(bytes) }
    log.append(OccurrenceLog.endOfDocument)
    operations.append(operation)
    documentCount += 1
    self.sourceBytes += sourceBytes
  }

  /// Takes back all of the document since ``begin(id:)``.
  func abandonDocument() {
    log.truncate(to: documentStart) { entry in
      if entry < OccurrenceLog.positionMark { terms.removeOccurrence(entry) }
    }
    for field in lengths.indices where lengths[field].count > documentCount { lengths[field].removeLast() }
    for field in columns.keys { columns[field]?.truncate(from: DocID(documentCount)) }
  }

  // MARK: Flushing

  /// Removes whatever was written.
  func abandon() { output.abandon() }

  /// Writes the segment. The builder is used up.
  ///
  /// - Precondition: there is at least one document.
  /// - Throws: `cancelled` when the control says so, errors of the file system; nothing is left behind then.
  func flush(_ control: OperationControl) throws(IndexError) -> SegmentInfo {
    do throws(IndexError) {
      return try write(control)
    } catch {
      output.abandon()
      throw error
    }
  }

  private func write(_ control: OperationControl) throws(IndexError) -> SegmentInfo {
    precondition(documentCount > 0)
    var norms: [FieldNumber: [UInt8]] = [:]
    var statistics: [FieldNumber: FieldStatistics] = [:]
    for (field, all) in lengths.enumerated() where !all.isEmpty {
      var codes = [UInt8](repeating: 0, count: documentCount)
      for (document, length) in all.enumerated() { codes[document] = FieldLength.encode(Int(length)) }
      norms[FieldNumber(field)] = codes
      statistics[FieldNumber(field)] = FieldStatistics(
        documents: all.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }, totalLength: all.reduce(0) { $0 + Int($1) })
    }
    try writePostings(norms: norms, control)
    try output.writeNorms(norms.keys.sorted()) { norms[$0] ?? [] }
    try output.writeColumns(
      columns.filter { !$0.value.documents.isEmpty }.sorted { $0.key < $1.key }.map { ColumnSource($0.key, $0.value) },
      documentCount: documentCount)
    return try output.finish(
      documentCount: documentCount, sourceBytes: sourceBytes, fingerprint: fingerprint, schema: schema,
      fieldStatistics: statistics)
  }

  private func writePostings(norms: [FieldNumber: [UInt8]], _ control: OperationControl) throws(IndexError) {
    let order = streams.indices.sorted {
      (streams[$0].field, streams[$0].space) < (streams[$1].field, streams[$1].space)
    }
    var rank = [UInt16](repeating: 0, count: streams.count)
    for (place, stream) in order.enumerated() { rank[stream] = UInt16(place) }
    let sorted = terms.sorted(rankOfStream: rank)
    let grouper = OccurrenceGrouper(log: log, terms: terms)
    var stream: UInt16?
    var next = 0
    while next < sorted.count {
      let end = grouper.group(sorted, from: next)
      for (place, number) in zip(next..<end, sorted[next..<end]) {
        if place % 1024 == 0 { try control.check() }
        let of = terms.stream(number)
        if of != stream {
          stream = of
          let now = streams[Int(of)]
          try output.dictionary.beginSpace(field: now.field, space: now.space, hasPositions: now.hasPositions)
        }
        let now = streams[Int(of)]
        let info = try grouper.encode(
          number, hasPositions: now.hasPositions, norms: norms[now.field], into: output.postings)
        unsafe try terms.withBytes(number) { (bytes) throws(IndexError) in
          try unsafe output.dictionary.add(bytes, info)
        }
      }
      next = end
    }
  }
}
