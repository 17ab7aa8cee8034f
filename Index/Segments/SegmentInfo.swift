// Facts about a segment, and where they are written.
//
//   Info := documents:u64 sourceBytes:u64 fingerprint:string
//           fields:varint (number:varint name:string type:u8 spacesWithPositions:u32 documents:u64 totalLength:u64)^fields
//           files:varint (kind:string length:u64 checksum:u32)^files
//   string := length:varint UTF-8 bytes

internal import Storage

/// Length statistics of a field in one segment.
public struct FieldStatistics: Sendable, Equatable {
  /// Documents in which the field is not empty.
  public var documents = 0
  /// The sum of the field's lengths, as counted before they were quantised.
  public var totalLength = 0

  /// Adds those of another segment. Lengths stop at the most that a file may say: they may come from one that lies.
  mutating func add(_ other: FieldStatistics) {
    documents += other.documents
    totalLength = SegmentInfo.sum(totalLength, other.totalLength)
  }
}

/// What a segment says of itself.
struct SegmentInfo: Sendable {
  /// The ending-less name of the segment's files.
  var name: String
  var token: SegmentToken
  var documentCount: Int
  /// Bytes of source text that were indexed.
  var sourceBytes: Int
  /// Names how the terms were made; see ``IndexWriterConfiguration/analyzerFingerprint``.
  var fingerprint: String
  var schema: Schema
  var fieldStatistics: [FieldNumber: FieldStatistics]
  /// Every file of the segment but this one and the live documents.
  var files: [File]

  struct File: Sendable {
    var kind: SegmentFile
    var length: Int
    var checksum: UInt32
  }

  /// The highest count of bytes or lengths that is read or written.
  private static let highestCount = 1 << 60 - 1

  /// The sum of two counts, or the highest count.
  static func sum(_ a: Int, _ b: Int) -> Int { min(a + b, highestCount) }

  func fileName(_ kind: SegmentFile) -> String { "\(name).\(kind.rawValue)" }

  func write(to directory: any Directory) throws(IndexError) -> IndexFileSummary {
    var out = ByteWriter()
    out.u64(UInt64(documentCount))
    out.u64(UInt64(sourceBytes))
    out.string(fingerprint)
    out.varint(UInt64(schema.fields.count))
    for (number, field) in schema.fields.enumerated() {
      let statistics = fieldStatistics[FieldNumber(number)] ?? FieldStatistics()
      out.varint(UInt64(number))
      out.string(field.name)
      out.u8(field.type.rawValue)
      out.u32(field.spacesWithPositions)
      out.u64(UInt64(statistics.documents))
      out.u64(UInt64(statistics.totalLength))
    }
    out.varint(UInt64(files.count))
    for file in files {
      out.string(file.kind.rawValue)
      out.u64(UInt64(file.length))
      out.u32(file.checksum)
    }
    let file = try IndexFileWriter(
      directory: directory, name: fileName(.info), kind: SegmentFile.info.kind, version: FormatVersion.current,
      segment: token)
    try file.write(out)
    return try file.finish()
  }

  /// Reads the info file of a segment.
  ///
  /// - Throws: `corrupt` when a fact is out of range or contradicts another.
  init(directory: any Directory, name: String, token: SegmentToken) throws(IndexError) {
    let fileName = "\(name).\(SegmentFile.info.rawValue)"
    let file = try IndexFile(
      directory: directory, name: fileName, kind: SegmentFile.info.kind, supportedVersions: FormatVersion.supported,
      segment: token)
    func corrupt(_ message: String) -> IndexError { IndexError(.corrupt, message, file: fileName) }
    self.name = name
    self.token = token
    var reader = try file.reader(0..<file.count)
    let documents = try reader.u64()
    let source = try reader.u64()
    guard documents > 0, documents <= UInt64(IndexLimits.documentsPerSegment), source <= UInt64(Self.highestCount)
    else {
      throw corrupt("the segment's counts are out of range")
    }
    documentCount = Int(documents)
    sourceBytes = Int(source)
    fingerprint = try reader.string()
    schema = Schema()
    fieldStatistics = [:]
    let fields = try reader.count(max: IndexLimits.fields + 1)
    for expected in 0..<fields {
      let number = try reader.varint64()
      let fieldName = try reader.string()
      let type = FieldSchema.ValueType(rawValue: try reader.u8())
      let spaces = try reader.u32()
      let withField = try reader.u64()
      let length = try reader.u64()
      guard number == UInt64(expected), let type, withField <= documents, length <= UInt64(Self.highestCount)
      else {
        throw corrupt("a field is malformed")
      }
      let field = FieldSchema(name: fieldName, type: type, spacesWithPositions: spaces)
      if expected == 0 {
        guard fieldName == Schema.idFieldName else { throw corrupt("the id field is missing") }
      } else {
        guard schema.add(field) != nil else { throw corrupt("a field occurs twice") }
      }
      fieldStatistics[FieldNumber(expected)] = FieldStatistics(documents: Int(withField), totalLength: Int(length))
    }
    files = []
    let count = try reader.count(max: SegmentFile.allCases.count)
    for _ in 0..<count {
      guard let kind = SegmentFile(rawValue: try reader.string()), kind != .info, kind != .live,
        !files.contains(where: { $0.kind == kind })
      else { throw corrupt("the list of files is malformed") }
      let length = try reader.u64()
      guard length <= UInt64(Self.highestCount) else { throw corrupt("a file's length is out of range") }
      files.append(File(kind: kind, length: Int(length), checksum: try reader.u32()))
    }
    guard reader.isAtEnd else { throw corrupt("bytes follow the segment's facts") }
  }

  init(
    name: String, token: SegmentToken, documentCount: Int, sourceBytes: Int, fingerprint: String, schema: Schema,
    fieldStatistics: [FieldNumber: FieldStatistics], files: [File]
  ) {
    self.name = name
    self.token = token
    self.documentCount = documentCount
    self.sourceBytes = sourceBytes
    self.fingerprint = fingerprint
    self.schema = schema
    self.fieldStatistics = fieldStatistics
    self.files = files
  }
}
