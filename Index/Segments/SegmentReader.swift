// One opened segment.

internal import Storage

/// A segment as one snapshot sees it: its files and which of its documents are live. Immutable, shared between
/// threads. Opening reads the facts, the directories of the files and the live documents, nothing else.
final class SegmentReader: Sendable {
  let info: SegmentInfo
  let terms: TermDictionary
  let postings: IndexFile
  let positions: IndexFile
  let norms: Norms
  let ids: BlockStore
  let store: BlockStore
  let columns: Columns?
  /// Nil while no document of the segment is deleted.
  let live: LiveDocuments?
  private let files: [SegmentFile: IndexFile]

  /// Documents, deleted ones included.
  var documentCount: Int { info.documentCount }
  /// Documents that are not deleted.
  var liveCount: Int { live?.liveCount ?? info.documentCount }

  /// Words of all fields.
  var words: Int { info.fieldStatistics.values.reduce(0) { SegmentInfo.sum($0, $1.totalLength) } }

  /// Opens the segment that a commit names.
  init(directory: any Directory, entry: CommitPoint.Segment) throws(IndexError) {
    let info = try SegmentInfo(directory: directory, name: entry.name, token: entry.token)
    self.info = info
    guard info.documentCount == entry.documentCount else {
      throw IndexError(
        .corrupt, "the segment has another number of documents than its commit says", file: info.fileName(.info))
    }
    var files: [SegmentFile: IndexFile] = [:]
    for file in info.files {
      let opened = try IndexFile(
        directory: directory, name: info.fileName(file.kind), kind: file.kind.kind,
        supportedVersions: FormatVersion.supported, segment: info.token)
      guard opened.length == file.length, opened.checksum == file.checksum else {
        throw IndexError(.corrupt, "the file is not the one that its segment names", file: opened.name)
      }
      files[file.kind] = opened
    }
    func file(_ kind: SegmentFile) throws(IndexError) -> IndexFile {
      guard let file = files[kind] else {
        throw IndexError(.corrupt, "the segment does not name its \(kind.rawValue) file", file: info.fileName(.info))
      }
      return file
    }
    self.files = files
    let count = info.documentCount
    terms = try TermDictionary(file: try file(.terms), documentCount: count)
    postings = try file(.postings)
    positions = try file(.positions)
    norms = try Norms(file: try file(.norms), documentCount: count)
    ids = try BlockStore(file: try file(.ids), documentCount: count)
    store = try BlockStore(file: try file(.store), documentCount: count)
    columns = try files[.columns].map { (file) throws(IndexError) in try Columns(file: file, documentCount: count) }
    if let name = entry.liveFileName {
      let file = try IndexFile(
        directory: directory, name: name, kind: SegmentFile.live.kind, supportedVersions: FormatVersion.supported,
        segment: info.token)
      let live = try LiveDocuments(file: file, documentCount: count)
      guard live.deletedCount == entry.deletedCount else {
        throw IndexError(
          .corrupt, "the segment has another number of deleted documents than its commit says", file: name)
      }
      self.live = live
    } else {
      live = nil
    }
  }

  /// The same segment with another set of live documents.
  private init(_ other: SegmentReader, live: LiveDocuments?) {
    info = other.info
    terms = other.terms
    postings = other.postings
    positions = other.positions
    norms = other.norms
    ids = other.ids
    store = other.store
    columns = other.columns
    files = other.files
    self.live = live
  }

  /// The same segment with another set of live documents.
  func with(live: LiveDocuments) -> SegmentReader { SegmentReader(self, live: live) }

  @inline(__always)
  func isLive(_ document: DocID) -> Bool { live?.contains(document) ?? true }

  /// Finds a term and its space.
  func lookup(_ term: Term) throws(IndexError) -> (info: TermInfo, hasPositions: Bool)? {
    guard let space = terms.space(field: term.field, space: term.space) else { return nil }
    let found = unsafe try term.bytes.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      try unsafe terms.lookup(bytes, in: space)
    }
    return found.map { ($0, space.statistics.hasPositions) }
  }

  /// Opens the postings of a term.
  func postingsCursor(_ info: TermInfo, hasPositions: Bool, context: ReadingContext) throws(IndexError)
    -> PostingsCursor
  {
    try PostingsCursor(
      info, hasPositions: hasPositions, file: postings, documentCount: documentCount, context: context)
  }

  /// Opens the positions of a term.
  func positionsCursor(_ info: TermInfo, context: ReadingContext) throws(IndexError) -> PositionsCursor {
    try PositionsCursor(info, file: positions, context: context)
  }

  /// Reads every byte of every file and checks it against its checksum. Calls `step` now and then with the number of
  /// bytes that were checked since the last call.
  func verifyChecksums(_ step: (_ bytes: Int) throws(IndexError) -> Void) throws(IndexError) {
    for file in files.values.sorted(by: { $0.name < $1.name }) { try file.verifyAll(step) }
  }

  /// Bytes that ``verifyChecksums(_:)`` checks.
  var checkedBytes: Int { files.values.reduce(0) { $0 + $1.count } }

  /// Bytes of each kind of file.
  func fileSizes() -> [SegmentFile: Int] {
    Dictionary(uniqueKeysWithValues: info.files.map { ($0.kind, $0.length) })
  }
}

extension [SegmentReader] {
  /// Bytes of source text that were indexed.
  var sourceBytes: Int { reduce(0) { SegmentInfo.sum($0, $1.info.sourceBytes) } }

  /// The fields with columns, in ascending order, and what their values are.
  var columnTypes: [(field: FieldNumber, type: FieldSchema.ValueType)] {
    var types: [FieldNumber: FieldSchema.ValueType] = [:]
    for columns in compactMap(\.columns) {
      for field in columns.fields { types[field] = columns.column(of: field)?.type }
    }
    return types.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
