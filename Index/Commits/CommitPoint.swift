// One committed state of an index, as it stands in a `commit_N` file.
//
//   Commit  := generation:u64 nextSegment:u64 Schema userData segments:varint Segment^segments
//   Schema  := fields:varint (name:string type:u8 spacesWithPositions:u32)^fields       without the id field
//   userData := count:varint (key:string value:string)^count
//   Segment := name:string token:16 bytes documents:u64 deleted:u64 liveGeneration:u64
//
// `liveGeneration` 0 means that no document is deleted; otherwise the set of live documents is in
// `NAME_G.live`. The file has the header and footer that every file of an index has.

internal import Storage

/// Names the segments, the fields and the users' data of one state of an index.
struct CommitPoint: Sendable {
  struct Segment: Sendable, Equatable {
    var name: String
    var token: SegmentToken
    var documentCount: Int
    var deletedCount: Int
    var liveGeneration: Int

    var liveFileName: String? { liveGeneration == 0 ? nil : "\(name)_\(liveGeneration).live" }
  }

  static let kind = FileKind("comm")

  var generation: Int
  /// The number that the next segment's name is made of; names are never used twice.
  var nextSegment: Int
  var schema: Schema
  var userData: [String: String]
  var segments: [Segment]

  /// The state of an index before its first commit.
  static let empty = CommitPoint(generation: 0, nextSegment: 0, schema: Schema(), userData: [:], segments: [])

  func encode() -> ByteWriter {
    var out = ByteWriter()
    out.u64(UInt64(generation))
    out.u64(UInt64(nextSegment))
    out.varint(UInt64(schema.fields.count - 1))
    for field in schema.fields.dropFirst() {
      out.string(field.name)
      out.u8(field.type.rawValue)
      out.u32(field.spacesWithPositions)
    }
    out.varint(UInt64(userData.count))
    for (key, value) in userData.sorted(by: { $0.key < $1.key }) {
      out.string(key)
      out.string(value)
    }
    out.varint(UInt64(segments.count))
    for segment in segments {
      out.string(segment.name)
      segment.token.write(to: &out)
      out.u64(UInt64(segment.documentCount))
      out.u64(UInt64(segment.deletedCount))
      out.u64(UInt64(segment.liveGeneration))
    }
    return out
  }

  /// - Throws: `corrupt` when the file's contents are out of range or contradict each other.
  static func decode(_ file: IndexFile) throws(IndexError) -> CommitPoint {
    func corrupt(_ message: String) -> IndexError { IndexError(.corrupt, message, file: file.name) }
    var reader = try file.reader(0..<file.count)
    func bounded(_ value: UInt64, _ limit: Int, _ what: String) throws(IndexError) -> Int {
      guard value <= UInt64(limit) else { throw corrupt("\(what) is out of range") }
      return Int(value)
    }
    var commit = CommitPoint.empty
    commit.generation = try bounded(try reader.u64(), 1 << 48, "the generation")
    commit.nextSegment = try bounded(try reader.u64(), 1 << 48, "the number of the next segment")
    let fields = try reader.count(max: IndexLimits.fields)
    for _ in 0..<fields {
      let name = try reader.string()
      let type = FieldSchema.ValueType(rawValue: try reader.u8())
      let spaces = try reader.u32()
      guard let type, commit.schema.add(FieldSchema(name: name, type: type, spacesWithPositions: spaces)) != nil else {
        throw corrupt("a field is malformed")
      }
    }
    let pairs = try reader.count(max: 1 << 16)
    for _ in 0..<pairs {
      let key = try reader.string()
      commit.userData[key] = try reader.string()
    }
    let segments = try reader.count(max: 1 << 20)
    for _ in 0..<segments {
      let name = try reader.string()
      guard isSegmentName(name) else { throw corrupt("a segment has a malformed name") }
      let token = try SegmentToken(from: &reader)
      let documents = try bounded(try reader.u64(), IndexLimits.documentsPerSegment, "a number of documents")
      let deleted = try bounded(try reader.u64(), documents, "a number of deleted documents")
      let live = try bounded(try reader.u64(), 1 << 48, "a generation of live documents")
      guard (live == 0) == (deleted == 0), documents > 0 else {
        throw corrupt("a segment's counts contradict each other")
      }
      commit.segments.append(
        Segment(name: name, token: token, documentCount: documents, deletedCount: deleted, liveGeneration: live))
    }
    guard reader.isAtEnd else { throw corrupt("bytes follow the commit") }
    return commit
  }

  /// Segments are called `s` and a number in base 36.
  static func segmentName(_ number: Int) -> String { "s" + String(number, radix: 36) }

  private static func isSegmentName(_ name: String) -> Bool {
    name.first == "s" && name.count > 1
      && name.dropFirst().utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
  }
}
