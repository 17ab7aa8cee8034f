// Reads a whole index and checks it.

public import Storage

/// Checks every checksum and every structural invariant of a snapshot.
public struct IndexChecker {
  /// What was read.
  public struct Report: Sendable, Equatable {
    /// Segments.
    public var segments = 0
    /// Documents, deleted ones included.
    public var documents = 0
    /// Distinct terms, summed over segments.
    public var terms = 0
    /// Postings.
    public var postings = 0
    /// Positions.
    public var positions = 0
  }

  private let reader: IndexReader
  private let control: OperationControl

  /// Makes a checker.
  public init(_ reader: IndexReader, control: OperationControl = OperationControl()) {
    self.reader = reader
    self.control = control
  }

  /// Postings that are checked, and documents, between two looks at the control.
  private static let stepOfPostings = 1 << 16
  private static let stepOfDocuments: DocID = 256

  /// What there is to do: bytes, postings and documents.
  private var work: Int {
    reader.segments.reduce(0) { sum, segment in
      sum + segment.checkedBytes + segment.documentCount
        + segment.terms.spaces.reduce(0) { $0 + $1.statistics.sumDocumentFrequency }
    }
  }

  private func advance(by count: Int) throws(IndexError) {
    try control.check()
    control.advance(by: count)
  }

  /// Reads everything. Linear in the size of the index.
  ///
  /// - Throws: `corrupt` at the first fault, with the file and what is wrong; `cancelled` when the control says so.
  public func check() throws(IndexError) -> Report {
    var report = Report()
    control.begin(.verifying, total: work)
    for segment in reader.segments {
      try checkSchema(segment)
      report.segments += 1
      report.documents += segment.documentCount
      try segment.verifyChecksums { (bytes) throws(IndexError) in try advance(by: bytes) }
      try checkFileLengths(segment)
      for space in segment.terms.spaces { try checkTerms(of: space, in: segment, &report) }
      try checkRecords(segment)
      try checkNorms(segment)
    }
    control.finish()
    return report
  }

  private func corrupt(_ segment: SegmentReader, _ kind: SegmentFile, _ message: String) -> IndexError {
    IndexError(.corrupt, message, file: segment.info.fileName(kind))
  }

  /// Fields are added to an index and never changed, so a segment knows the first of them.
  private func checkSchema(_ segment: SegmentReader) throws(IndexError) {
    guard reader.schema.fields.starts(with: segment.info.schema.fields) else {
      throw IndexError(
        .corrupt, "the fields are not those of the segment \(segment.info.name)", file: "commit_\(reader.generation)")
    }
  }

  private func checkFileLengths(_ segment: SegmentReader) throws(IndexError) {
    for file in segment.info.files {
      let length = try reader.directory.size(segment.info.fileName(file.kind))
      guard length == file.length else {
        throw corrupt(segment, file.kind, "the file has \(length) bytes, the segment says \(file.length)")
      }
    }
  }

  private func checkTerms(of space: TermDictionary.Space, in segment: SegmentReader, _ report: inout Report)
    throws(IndexError)
  {
    var counted = TermSpaceStatistics(
      field: space.statistics.field, space: space.statistics.space, hasPositions: space.statistics.hasPositions)
    let schema = segment.info.schema.field(counted.field)
    guard let schema, schema.hasPositions(counted.space) == counted.hasPositions else {
      throw corrupt(segment, .terms, "a space of terms does not fit the field it is of")
    }
    let norms = try unsafe segment.norms.codes(of: counted.field)
    var previous: [UInt8]?
    var untold = 0
    var cursor = unsafe try segment.terms.cursor(space)
    while try cursor.next() {
      if let previous, !previous.lexicographicallyPrecedes(cursor.term) {
        throw corrupt(segment, .terms, "terms are not in order")
      }
      previous = cursor.term
      counted.terms += 1
      counted.sumDocumentFrequency += cursor.info.documentFrequency
      counted.sumTotalFrequency += cursor.info.totalFrequency
      counted.postingsBytes += cursor.info.postings.count
      counted.positionsBytes += cursor.info.positions.count
      try unsafe checkPostings(cursor.info, counted.hasPositions, norms, segment)
      // A term costs as much as many postings.
      untold += cursor.info.documentFrequency
      if untold > Self.stepOfPostings || counted.terms % 1024 == 0 {
        try advance(by: untold)
        untold = 0
      }
    }
    try advance(by: untold)
    guard counted == space.statistics else {
      throw corrupt(segment, .terms, "the statistics of a space of terms do not fit its terms")
    }
    report.terms += counted.terms
    report.postings += counted.sumDocumentFrequency
    if counted.hasPositions { report.positions += counted.sumTotalFrequency }
  }

  private func checkPostings(
    _ info: TermInfo, _ hasPositions: Bool, _ norms: UnsafeBufferPointer<UInt8>?, _ segment: SegmentReader
  ) throws(IndexError) {
    let context = ReadingContext()
    var cursor = try segment.postingsCursor(info, hasPositions: hasPositions, context: context)
    var reader = hasPositions ? try segment.positionsCursor(info, context: context) : nil
    var documents = 0
    var occurrences = 0
    var positions = PositionList()
    var previous: DocID?
    while cursor.next() != .end {
      let frequency = cursor.frequency
      let document = cursor.document
      if let previous, previous >= document { throw corrupt(segment, .postings, "documents are not in order") }
      previous = document
      guard frequency > 0 else { throw corrupt(segment, .postings, "a frequency is out of range") }
      if let impact = cursor.impact(ofBlock: cursor.currentBlock) {
        let norm = unsafe norms.map { unsafe $0[Int(document)] } ?? 0
        guard impact.covers(frequency: frequency, norm: norm) else {
          throw corrupt(segment, .postings, "an impact is not a bound of its block")
        }
        if cursor.groupCount > 0 {
          guard
            cursor.impact(ofGroup: cursor.currentBlock / PostingsLayout.blocksOfGroup)
              .covers(frequency: frequency, norm: norm)
          else { throw corrupt(segment, .postings, "an impact is not a bound of its group") }
        }
      }
      if reader != nil {
        reader?.read(&cursor, block: cursor.currentBlock, place: cursor.place, into: &positions)
        try context.check()
        guard positions.count == Int(frequency), isInOrder(positions) else {
          throw corrupt(segment, .positions, "positions are not in order")
        }
      }
      documents += 1
      if documents % Self.stepOfPostings == 0 { try control.check() }
      occurrences += Int(frequency)
    }
    try context.check()
    guard documents == info.documentFrequency, occurrences == info.totalFrequency else {
      throw corrupt(segment, .postings, "a term has other frequencies than its dictionary says")
    }
  }

  private func isInOrder(_ positions: borrowing PositionList) -> Bool {
    (1..<max(1, positions.count)).allSatisfy { positions[$0 - 1] <= positions[$0] }
      && (positions.count == 0 || positions[positions.count - 1] <= UInt32(IndexLimits.position))
  }

  private func checkRecords(_ segment: SegmentReader) throws(IndexError) {
    let documents = reader.makeDocumentReader()
    guard let place = reader.segments.firstIndex(where: { $0 === segment }) else { return }
    for document in 0..<DocID(segment.documentCount) {
      let address = DocAddress(segment: place, document: document)
      let id = try documents.id(of: address)
      _ = try documents.storedFields(of: address)
      guard try segment.lookup(Term(field: Schema.idField, id)) != nil else {
        throw corrupt(segment, .ids, "the id of document \(document) is not among the terms")
      }
      if document % Self.stepOfDocuments == Self.stepOfDocuments - 1 { try advance(by: Int(Self.stepOfDocuments)) }
    }
  }

  private func checkNorms(_ segment: SegmentReader) throws(IndexError) {
    for field in segment.norms.fields {
      guard let codes = try unsafe segment.norms.codes(of: field) else { continue }
      let documents = unsafe codes.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
      guard documents == segment.info.fieldStatistics[field]?.documents ?? 0 else {
        throw corrupt(segment, .norms, "the number of documents with a field is wrong")
      }
    }
  }
}
