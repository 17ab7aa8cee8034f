// The files of a segment that is being written, by a flush or by a merge.

internal import Storage

/// Opens, fills and finishes the files of one new segment.
final class SegmentOutput {
  let directory: any Directory
  let name: String
  let token = SegmentToken.random()
  let dictionary: TermDictionaryWriter
  let postings: PostingsWriter
  let ids: BlockStoreWriter
  let store: BlockStoreWriter
  private let termsFile: IndexFileWriter
  private let postingsFile: IndexFileWriter
  private let positionsFile: IndexFileWriter
  private var files: [SegmentInfo.File] = []

  init(directory: any Directory, name: String) throws(IndexError) {
    self.directory = directory
    self.name = name
    let token = self.token
    func file(_ kind: SegmentFile) throws(IndexError) -> IndexFileWriter {
      try IndexFileWriter(
        directory: directory, name: "\(name).\(kind.rawValue)", kind: kind.kind, version: FormatVersion.current,
        segment: token)
    }
    termsFile = try file(.terms)
    postingsFile = try file(.postings)
    positionsFile = try file(.positions)
    dictionary = TermDictionaryWriter(file: termsFile)
    postings = PostingsWriter(postings: postingsFile, positions: positionsFile)
    ids = try BlockStoreWriter(file: try file(.ids), blockSize: BlockStoreWriter.idBlockSize)
    store = try BlockStoreWriter(file: try file(.store), blockSize: BlockStoreWriter.storeBlockSize)
  }

  private func note(_ kind: SegmentFile, _ summary: IndexFileSummary) {
    files.append(SegmentInfo.File(kind: kind, length: summary.length, checksum: summary.checksum))
  }

  private func newFile(_ kind: SegmentFile) throws(IndexError) -> IndexFileWriter {
    try IndexFileWriter(
      directory: directory, name: "\(name).\(kind.rawValue)", kind: kind.kind, version: FormatVersion.current,
      segment: token)
  }

  func writeNorms(_ fields: [FieldNumber], _ codes: (FieldNumber) throws(IndexError) -> [UInt8]) throws(IndexError) {
    note(.norms, try NormsWriter.write(fields, codes, to: try newFile(.norms)))
  }

  func writeColumns(_ columns: [ColumnSource], documentCount: Int) throws(IndexError) {
    guard !columns.isEmpty else { return }
    note(.columns, try ColumnsWriter.write(columns, documentCount: documentCount, to: try newFile(.columns)))
  }

  /// Finishes every file and writes the info file. All of them are durable afterwards, their names are not
  /// before the directory is synced.
  func finish(
    documentCount: Int, sourceBytes: Int, fingerprint: String, schema: Schema,
    fieldStatistics: [FieldNumber: FieldStatistics]
  ) throws(IndexError) -> SegmentInfo {
    _ = try dictionary.finish()
    note(.terms, try termsFile.finish())
    note(.postings, try postingsFile.finish())
    note(.positions, try positionsFile.finish())
    note(.ids, try ids.finish())
    note(.store, try store.finish())
    let info = SegmentInfo(
      name: name, token: token, documentCount: documentCount, sourceBytes: sourceBytes, fingerprint: fingerprint,
      schema: schema, fieldStatistics: fieldStatistics, files: files)
    _ = try info.write(to: directory)
    return info
  }

  /// Closes what is open and removes the files, as well as that can be done.
  func abandon() {
    termsFile.abandon()
    postingsFile.abandon()
    positionsFile.abandon()
    ids.abandon()
    store.abandon()
    for kind in SegmentFile.allCases { try? directory.remove("\(name).\(kind.rawValue)") }
  }
}
