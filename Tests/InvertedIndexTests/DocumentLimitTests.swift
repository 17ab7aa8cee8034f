// What a document writer accepts, at the edges.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct DocumentLimitTests {
  private let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: 1)])

  /// Adds a document by itself between two others; what it was refused with. The index is sound either way.
  private func refusal(
    id: [UInt8] = Array("middle".utf8), _ body: (DocumentWriter) throws -> Void = { _ in }
  ) throws -> IndexError? {
    let directory = MemoryDirectory()
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: IndexWriterConfiguration())
    defer { writer.close() }
    let target = writer.makeDocumentWriter()
    var refusal: IndexError?
    func add(_ id: [UInt8], _ sequence: UInt64, _ body: (DocumentWriter) throws -> Void) throws {
      try id.withUnsafeBufferPointer { try target.begin(id: $0, sequence: sequence) }
      target.beginTerms(field: 1, space: 0)
      try body(target)
      try target.finishDocument(sourceBytes: 1)
    }
    try add(Array("first".utf8), 1) { _ in }
    do { try add(id, 2, body) } catch let error as IndexError { refusal = error }
    try add(Array("last".utf8), 3) { _ in }
    try target.finish()
    try writer.commit()
    let reader = try IndexReader.open(directory)
    #expect(reader.documentCount == (refusal == nil ? 3 : 2))
    _ = try IndexChecker(reader).check()
    return refusal
  }

  @Test func termsAndPositions() throws {
    let longest = [UInt8](repeating: 0x61, count: IndexLimits.termLength)
    #expect(try refusal { target in longest.withUnsafeBufferPointer { target.add($0, position: 0) } } == nil)
    let longer = longest + [0x61]
    let long = try refusal { target in longer.withUnsafeBufferPointer { target.add($0, position: 0) } }
    #expect(long?.code == .limitExceeded)
    let term = Array("term".utf8)
    let last = UInt32(IndexLimits.position)
    #expect(try refusal { target in term.withUnsafeBufferPointer { target.add($0, position: last) } } == nil)
    let far = try refusal { target in term.withUnsafeBufferPointer { target.add($0, position: last + 1) } }
    #expect(far?.code == .limitExceeded)
  }

  @Test func ids() throws {
    #expect(try refusal(id: [0x61]) == nil)
    #expect(try refusal(id: [UInt8](repeating: 0x61, count: IndexLimits.idLength)) == nil)
    #expect(try refusal(id: Array("香港\0".utf8)) == nil)
    for id in [[], [UInt8](repeating: 0x61, count: IndexLimits.idLength + 1), [0xFF], [0xED, 0xA0, 0x80], [0xE9]] {
      #expect(try refusal(id: id)?.code == .invalidArgument, "\(id.prefix(4))")
    }
  }

  /// Two values that are each short enough: together they make a record that cannot be stored.
  @Test func storedValuesTogether() throws {
    let small = [UInt8](repeating: 0x61, count: 1 << 20)
    let refused = try refusal { target in
      small.withUnsafeBufferPointer { target.store($0, field: 1) }
      // Only its length is looked at.
      let length = IndexLimits.storedLength - small.count + 1
      small.withUnsafeBufferPointer {
        target.store(UnsafeBufferPointer(start: $0.baseAddress, count: length), field: 1)
      }
    }
    #expect(refused?.code == .limitExceeded)
    #expect(
      try refusal { target in
        for _ in 0..<4 { small.withUnsafeBufferPointer { target.store($0, field: 1) } }
      } == nil)
  }

  @Test(.enabled(if: testFlag("LOQUAT_TORTURE"))) func storedValuesUpToTheLimit() throws {
    let half = [UInt8](repeating: 0x61, count: IndexLimits.storedLength / 2)
    #expect(
      try refusal { target in
        for _ in 0..<2 { half.withUnsafeBufferPointer { target.store($0, field: 1) } }
      } == nil)
  }

  @Test func fieldsAreAddedAllOrNone() throws {
    let writer = try IndexWriter(
      directory: MemoryDirectory(), schema: schema, configuration: IndexWriterConfiguration())
    defer { writer.close() }
    func fields(_ count: Int, _ prefix: String) -> [FieldSchema] {
      (0..<count).map { FieldSchema(name: "\(prefix)\($0)") }
    }
    let free = IndexLimits.fields - 1
    let error = #expect(throws: IndexError.self) { try writer.fields(fields(free + 1, "a")) }
    #expect(error?.code == .limitExceeded)
    #expect(writer.schema == schema)
    // A name that comes twice is one field, of one type.
    let twice = [FieldSchema(name: "x"), FieldSchema(name: "x")]
    #expect(try writer.fields(twice) == [2, 2])
    let mixed = [FieldSchema(name: "y"), FieldSchema(name: "y", type: .real)]
    #expect(throws: IndexError.self) { try writer.fields(mixed) }
    #expect(try writer.fields(fields(free - 1, "b")).last == FieldNumber(IndexLimits.fields))
    #expect(throws: IndexError.self) { try writer.field(FieldSchema(name: "z")) }
    #expect(try writer.field(FieldSchema(name: "b7")) == 10)
    try writer.commit()
    #expect(try IndexReader.open(writer.directory).schema.fields.count == IndexLimits.fields + 1)
  }

  /// More spaces of terms than a segment can number: the document is refused, and the next segment has room again.
  @Test func spacesOfTerms() throws {
    let directory = MemoryDirectory()
    let many = 257
    let schema = Schema(fields: (0..<many).map { FieldSchema(name: "f\($0)") })
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: IndexWriterConfiguration())
    defer { writer.close() }
    let target = writer.makeDocumentWriter()
    let term = Array("term".utf8)
    func add(_ id: String, _ sequence: UInt64, spaces: Int) throws {
      try Array(id.utf8).withUnsafeBufferPointer { try target.begin(id: $0, sequence: sequence) }
      for number in 0..<spaces {
        target.beginTerms(field: FieldNumber(1 + number / 256), space: TermSpace(number % 256))
        term.withUnsafeBufferPointer { target.add($0, position: 0) }
      }
      try target.finishDocument(sourceBytes: 1)
    }
    // The field of ids has one too.
    let limit = IndexLimits.termSpaces - 1
    try add("all", 1, spaces: limit)
    try target.finish()
    let error = #expect(throws: IndexError.self) { try add("more", 2, spaces: limit + 1) }
    #expect(error?.code == .limitExceeded)
    try add("again", 3, spaces: limit)
    try target.finish()
    try writer.commit()
    let reader = try IndexReader.open(directory)
    #expect(try SmallIndex.ids(reader) == ["again", "all"])
    #expect(try Searcher(reader).count(.term(Term(field: 200, space: 9, "term"))) == 2)
    _ = try IndexChecker(reader).check()
  }
}
