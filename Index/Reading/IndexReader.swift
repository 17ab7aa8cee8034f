// A snapshot of an index.

public import Storage

/// A document's place in a snapshot.
public struct DocAddress: Hashable, Sendable, Comparable {
  /// The segment's place in the snapshot.
  public let segment: Int
  /// The document's number in the segment.
  public let document: DocID

  /// Makes an address.
  public init(segment: Int, document: DocID) {
    self.segment = segment
    self.document = document
  }

  /// Segments in order, then documents.
  public static func < (a: DocAddress, b: DocAddress) -> Bool {
    (a.segment, a.document) < (b.segment, b.document)
  }
}

/// One commit of an index, for as long as it is held, whatever is written meanwhile. Immutable; shared between
/// threads.
public final class IndexReader: Sendable {
  /// Where the index lies.
  public let directory: any Directory
  /// The commit's number.
  public let generation: Int
  /// The fields.
  public let schema: Schema
  /// What the index's users wrote with the commit.
  public let userData: [String: String]
  let commit: CommitPoint
  let segments: [SegmentReader]

  /// Opens the newest commit. Costs a few file openings for each segment, whatever their size.
  ///
  /// - Throws: `notAnIndex` when the directory holds none; `corrupt`, `formatTooNew`, `formatTooOld` when it
  ///   cannot be read.
  public static func open(_ directory: any Directory) throws(IndexError) -> IndexReader {
    // A writer may remove files between our reading of the commit and our opening them; then there is a newer one.
    var attempt = 0
    while true {
      guard let commit = try CommitLog.newest(in: directory) else {
        throw IndexError(.notAnIndex, "there is no index in \(directory.location)")
      }
      do {
        let segments = try commit.segments.map { (entry) throws(IndexError) in
          try SegmentReader(directory: directory, entry: entry)
        }
        return IndexReader(directory: directory, commit: commit, segments: segments)
      } catch {
        attempt += 1
        guard error.code == .notFound, attempt < 5, let newer = try CommitLog.newest(in: directory),
          newer.generation > commit.generation
        else { throw error }
      }
    }
  }

  init(directory: any Directory, commit: CommitPoint, segments: [SegmentReader]) {
    self.directory = directory
    self.commit = commit
    self.segments = segments
    generation = commit.generation
    schema = commit.schema
    userData = commit.userData
  }

  /// A snapshot of the newest commit: this one when there is none newer. Segments that both have are shared.
  public func refreshed() throws(IndexError) -> IndexReader {
    guard let newest = try CommitLog.newest(in: directory), newest.generation > generation else { return self }
    let known = Dictionary(uniqueKeysWithValues: zip(commit.segments, segments).map { ($0.0.name, $0) })
    let opened = try newest.segments.map { (entry) throws(IndexError) in
      if let (old, reader) = known[entry.name], old == entry { return reader }
      return try SegmentReader(directory: directory, entry: entry)
    }
    return IndexReader(directory: directory, commit: newest, segments: opened)
  }

  /// Documents that are not deleted.
  public var documentCount: Int { segments.reduce(0) { $0 + $1.liveCount } }

  /// Documents that are deleted and not merged away yet.
  public var deletedCount: Int { segments.reduce(0) { $0 + $1.documentCount - $1.liveCount } }

  /// Segments of the snapshot.
  public var segmentCount: Int { segments.count }

  /// The analyzer that made the terms; nil for an index without documents.
  public var analyzerFingerprint: String? { segments.first?.info.fingerprint }

  /// Calls `body` with the id of every document that is not deleted, in order, and its values in some columns.
  public func forEachDocument(
    columns: [FieldNumber] = [], _ body: (_ id: ArraySlice<UInt8>, _ values: [Int64?]) throws -> Void
  ) throws {
    var values = [Int64?](repeating: nil, count: columns.count)
    for segment in segments {
      let ids = try BlockStore.Reader(segment.ids)
      let opened = columns.map { segment.columns?.column(of: $0) }
      for document in 0..<DocID(segment.documentCount) where segment.isLive(document) {
        for (place, column) in opened.enumerated() {
          values[place] = try column.flatMap { (column) throws(IndexError) in
            try column.type == .integer ? column.bits(document).map(OrderedBits.integer) : nil
          }
        }
        try body(try ids.record(document), values)
      }
    }
  }

  /// Calls `body` with the address of every document that is not deleted, in order.
  public func forEachAddress(_ body: (DocAddress) throws -> Void) rethrows {
    for (place, segment) in segments.enumerated() {
      for document in 0..<DocID(segment.documentCount) where segment.isLive(document) {
        try body(DocAddress(segment: place, document: document))
      }
    }
  }

  /// The live document with an id, or nil.
  public func find(id: [UInt8]) throws(IndexError) -> DocAddress? {
    for (place, segment) in segments.enumerated().reversed() {
      guard let found = try segment.lookup(Term(field: Schema.idField, bytes: id)) else { continue }
      let context = ReadingContext()
      var cursor = try segment.postingsCursor(found.info, hasPositions: false, context: context)
      while cursor.next() != .end {
        if segment.isLive(cursor.document) { return DocAddress(segment: place, document: cursor.document) }
      }
      try context.check()
    }
    return nil
  }

  /// Makes a reader of ids and stored fields for one thread.
  public func makeDocumentReader() -> DocumentReader { DocumentReader(self) }
}
