// Sizes and counts of a snapshot.

public import Storage

/// What a snapshot holds.
public struct IndexStatistics: Sendable {
  /// Documents that are not deleted.
  public let documents: Int
  /// Deleted documents that have not been merged away.
  public let deleted: Int
  /// Segments.
  public let segments: Int
  /// Bytes of source text, deleted documents' included.
  public let sourceBytes: Int
  /// Bytes of each kind of file.
  public let files: [SegmentFile: Int]
  /// What each space of terms holds, summed over segments (a term in two segments counts twice).
  public let spaces: [TermSpaceStatistics]

  /// Distinct terms, summed over segments.
  public var terms: Int { spaces.reduce(0) { $0 + $1.terms } }
  /// Postings.
  public var postings: Int { spaces.reduce(0) { $0 + $1.sumDocumentFrequency } }
  /// Bytes of all files of the snapshot.
  public var indexBytes: Int { files.values.reduce(0, +) }
}

extension IndexReader {
  /// Counts and sizes; reads nothing but directories of files.
  public func statistics() throws(IndexError) -> IndexStatistics {
    var files: [SegmentFile: Int] = [:]
    var spaces: [UInt32: TermSpaceStatistics] = [:]
    for (segment, entry) in zip(segments, commit.segments) {
      for (kind, length) in segment.fileSizes() { files[kind, default: 0] += length }
      files[.info, default: 0] += try directory.size(segment.info.fileName(.info))
      if let live = entry.liveFileName { files[.live, default: 0] += try directory.size(live) }
      for space in segment.terms.spaces {
        let one = space.statistics
        let key = UInt32(one.field) << 8 | UInt32(one.space)
        var sum = spaces[key] ?? TermSpaceStatistics(field: one.field, space: one.space, hasPositions: one.hasPositions)
        sum.terms += one.terms
        sum.sumDocumentFrequency += one.sumDocumentFrequency
        sum.sumTotalFrequency += one.sumTotalFrequency
        sum.postingsBytes += one.postingsBytes
        sum.positionsBytes += one.positionsBytes
        spaces[key] = sum
      }
    }
    return IndexStatistics(
      documents: documentCount, deleted: deletedCount, segments: segments.count,
      sourceBytes: segments.sourceBytes, files: files,
      spaces: spaces.sorted { $0.key < $1.key }.map(\.value))
  }
}
