// Takes documents, term by term, into an in-memory segment.

public import Storage

/// Adds documents to an index. One thread uses it; several can work side by side, each building segments of
/// its own. Made by ``IndexWriter/makeDocumentWriter()``; nothing it did is visible before ``finish()`` and the
/// writer's next commit.
public final class DocumentWriter {
  private let writer: IndexWriter
  private let budget: Int
  private var builder: SegmentBuilder?
  private var schema: Schema
  private var sequence: UInt64 = 0
  private var refusal: IndexError?
  /// Bytes that were stored of the document.
  private var stored = 0
  private var isInDocument = false
  private var sinceCheck = 0
  /// What the caller holds for the document that was begun, in bytes, when that is much.
  private var outside = 0
  /// The length that the builder's log may reach before memory is looked at again.
  private var nextLook = 0
  /// What this one has told the writer of its memory.
  private var reported = 0

  /// Sources and logs from this size on are looked at within a document.
  private static let muchMemory = 1 << 20

  init(writer: IndexWriter, budget: Int, schema: Schema) {
    self.writer = writer
    self.budget = budget
    self.schema = schema
  }

  /// Starts a document. Of documents with one id the one with the highest sequence number stays, whichever
  /// document writer added it; earlier commits' documents always give way.
  ///
  /// - Parameter sourceBytes: about how much memory the caller holds for the document; it counts for the budget.
  /// - Throws: `invalidArgument` for an id that is empty, longer than ``IndexLimits/idLength`` or not UTF-8; errors of
  ///   the file system when a new segment cannot be begun.
  public func begin(id: UnsafeBufferPointer<UInt8>, sequence: UInt64, sourceBytes: Int = 0) throws(IndexError) {
    precondition(!isInDocument, "the document before was not finished")
    guard (1...IndexLimits.idLength).contains(id.count) else {
      throw IndexError(.invalidArgument, "an id has 1 to \(IndexLimits.idLength) bytes, not \(id.count)")
    }
    guard unsafe isUTF8(id) else { throw IndexError(.invalidArgument, "an id is not UTF-8") }
    outside = sourceBytes < Self.muchMemory ? 0 : sourceBytes
    if outside > 0, let builder, builder.memory + 2 * outside > budget { try flush() }
    let builder: SegmentBuilder
    if let existing = self.builder {
      builder = existing
    } else {
      builder = try writer.makeBuilder()
      self.builder = builder
    }
    self.sequence = sequence
    refusal = nil
    stored = 0
    isInDocument = true
    nextLook = builder.logLength + Self.muchMemory
    unsafe builder.begin(id: id)
  }

  private func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
  }

  /// The terms that follow belong to this field and space; positions start again from 0.
  ///
  /// - Precondition: a document was begun, and the writer's schema has the field.
  public func beginTerms(field: FieldNumber, space: TermSpace) {
    guard let builder else { return }
    if Int(field) >= schema.fields.count {
      schema = writer.schema
      builder.schema = schema
      precondition(Int(field) < schema.fields.count, "field \(field) is not in the schema")
    }
    if !builder.beginTerms(field: field, space: space), refusal == nil {
      refusal = IndexError(.limitExceeded, "a segment has at most \(IndexLimits.termSpaces) spaces of terms")
    }
  }

  /// Adds occurrences of terms that lie within `text`. Positions do not descend within a field and space. A term that
  /// is too long or a position out of range refuses the document at its end.
  ///
  /// - Precondition: every term lies within `text`.
  public func add(_ occurrences: UnsafeBufferPointer<TermOccurrence>, in text: UnsafeBufferPointer<UInt8>) {
    var longest: UInt32 = 0
    var farthest: UInt32 = 0
    for index in 0..<occurrences.count {
      longest = max(longest, unsafe occurrences[index].length)
      farthest = max(farthest, unsafe occurrences[index].position)
    }
    guard longest <= UInt32(IndexLimits.termLength), farthest <= UInt32(IndexLimits.position) else {
      if refusal == nil {
        refusal = IndexError(
          .limitExceeded,
          longest > UInt32(IndexLimits.termLength)
            ? "a term of \(longest) bytes is longer than \(IndexLimits.termLength)"
            : "a position is above \(IndexLimits.position)")
      }
      return
    }
    guard let builder, refusal == nil else { return }
    unsafe builder.add(occurrences, in: text)
    if builder.logLength > nextLook { checkMemory(builder) }
  }

  private func checkBudget(_ builder: SegmentBuilder) throws(IndexError) {
    let memory = builder.memory
    if builder.isFull || memory > budget { try flush() } else { _ = report(memory) }
  }

  /// Refuses a document for which there isn't the memory.
  private func checkMemory(_ builder: SegmentBuilder) {
    nextLook = builder.logLength + Self.muchMemory
    if report(builder.memory + outside) { return }
    refusal = IndexError(.limitExceeded, "the document does not fit into the memory budget")
  }

  /// Tells the writer how much memory there is in use here; false when all document writers together have more than
  /// they may.
  private func report(_ memory: Int) -> Bool {
    defer { reported = memory }
    return writer.account(memory - reported)
  }

  /// Adds one occurrence; see ``add(_:in:)``.
  public func add(_ term: UnsafeBufferPointer<UInt8>, position: UInt32) {
    var occurrence = TermOccurrence(start: 0, length: UInt32(clamping: term.count), position: position)
    unsafe withUnsafePointer(to: &occurrence) { unsafe add(UnsafeBufferPointer(start: $0, count: 1), in: term) }
  }

  /// Adds to the length of a field, the |d| of BM25. Call it after the field's terms.
  public func addLength(_ length: Int, field: FieldNumber) { builder?.addLength(length, field: field) }

  /// Keeps a value, to be read back with the document. More than ``IndexLimits/storedLength`` of them refuse the document
  /// at its end.
  public func store(_ value: UnsafeBufferPointer<UInt8>, field: FieldNumber) {
    guard refusal == nil else { return }
    stored += value.count
    guard stored <= IndexLimits.storedLength else {
      refusal = IndexError(
        .limitExceeded, "the stored values have \(stored) bytes, more than \(IndexLimits.storedLength)")
      return
    }
    unsafe builder?.store(value, field: field)
  }

  /// Sets the document's value in an integer column.
  public func setColumn(_ value: Int64, field: FieldNumber) {
    builder?.setColumn(OrderedBits.of(value), type: .integer, field: field)
  }

  /// Sets the document's value in a column of reals.
  public func setColumn(_ value: Double, field: FieldNumber) {
    builder?.setColumn(OrderedBits.of(value), type: .real, field: field)
  }

  /// Ends the document. `sourceBytes` counts what was indexed, for statistics.
  ///
  /// - Throws: `limitExceeded` when the document had to be refused: it leaves no trace, and the next can be
  ///   added; errors of the file system, after which nothing can.
  public func finishDocument(sourceBytes: Int) throws(IndexError) {
    guard isInDocument, let builder else { return }
    isInDocument = false
    if let refusal {
      builder.abandonDocument()
      try checkBudget(builder)
      throw refusal
    }
    try builder.finishDocument(operation: sequence, sourceBytes: sourceBytes)
    sinceCheck += 1
    if sinceCheck >= 16 || sourceBytes > 1 << 16 {
      sinceCheck = 0
      try checkBudget(builder)
    }
  }

  /// Takes back the document that was begun.
  public func abandonDocument() {
    guard isInDocument else { return }
    isInDocument = false
    builder?.abandonDocument()
  }

  /// Hands all documents to the writer. Call it before the writer commits; the document writer can be used on.
  public func finish() throws(IndexError) {
    abandonDocument()
    try flush()
  }

  private func flush() throws(IndexError) {
    guard let builder else { return }
    self.builder = nil
    defer { _ = report(0) }
    try writer.flush(builder)
  }

  deinit { builder?.abandon() }
}
