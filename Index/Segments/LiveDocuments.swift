// Which documents of a segment are not deleted.
//
//   Live := documents:u64 deleted:u64 word:u64^((documents + 63) / 64)        a set bit means: not deleted

internal import Storage

/// A bit set over the documents of one segment. A value: a snapshot keeps the one it was opened with.
struct LiveDocuments: Sendable, Equatable {
  private(set) var words: [UInt64]
  let documentCount: Int
  private(set) var deletedCount: Int

  /// All documents are live.
  init(documentCount: Int) {
    self.documentCount = documentCount
    deletedCount = 0
    words = [UInt64](repeating: .max, count: (documentCount + 63) / 64)
    if documentCount % 64 != 0, !words.isEmpty {
      words[words.count - 1] = (1 << UInt64(documentCount % 64)) - 1
    }
  }

  /// Documents that are not deleted.
  var liveCount: Int { documentCount - deletedCount }

  /// Whether a document is live; false for numbers out of range.
  @inline(__always)
  func contains(_ document: DocID) -> Bool {
    let word = Int(document >> 6)
    return word < words.count && words[word] & (1 << UInt64(document & 63)) != 0
  }

  /// Marks a document deleted; false when it was already.
  @discardableResult
  mutating func delete(_ document: DocID) -> Bool {
    guard contains(document) else { return false }
    words[Int(document >> 6)] &= ~(1 << UInt64(document & 63))
    deletedCount += 1
    return true
  }

  func write(to file: IndexFileWriter) throws(IndexError) -> IndexFileSummary {
    var bytes = ByteWriter()
    bytes.u64(UInt64(documentCount))
    bytes.u64(UInt64(deletedCount))
    for word in words { bytes.u64(word) }
    try file.write(bytes)
    return try file.finish()
  }

  /// - Throws: `corrupt` when the set is for another number of documents or its counts are wrong.
  init(file: IndexFile, documentCount: Int) throws(IndexError) {
    var reader = try file.reader(0..<file.count)
    let documents = try reader.u64()
    let deleted = try reader.u64()
    let wordCount = (documentCount + 63) / 64
    guard documents == UInt64(documentCount), reader.remaining == 8 * wordCount else {
      throw IndexError(.corrupt, "the set of live documents is for another segment", file: file.name)
    }
    self.init(documentCount: documentCount)
    var live = 0
    for place in 0..<wordCount {
      let word = try reader.u64()
      guard word & ~words[place] == 0 else {
        throw IndexError(.corrupt, "a document that does not exist is live", file: file.name)
      }
      words[place] = word
      live += word.nonzeroBitCount
    }
    deletedCount = documentCount - live
    guard deleted == UInt64(deletedCount) else {
      throw IndexError(.corrupt, "the number of deleted documents is wrong", file: file.name)
    }
  }
}
