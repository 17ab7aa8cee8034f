// Commits: how a new state of an index becomes the one that is opened, whatever happens in between.
//
// Invariants, in the order in which a commit keeps them:
//  1. Data files are written once, under names never used before, header first, footer last.
//  2. Each is synced on the descriptor that wrote it, before it is closed (`IndexFileWriter.finish`).
//  3. The directory is synced, so that their names last (`publish`, first step).
//  4. `pending_commit_N` is written and synced.
//  5. It is renamed to `commit_N`.
//  6. The directory is synced again. Only now is the commit acknowledged.
//  7. Only now are files removed that no commit names (`removeUnreferenced`).
//  8. After a failure in 1 to 6 the writer accepts nothing more; nothing that failed to sync is synced again.
//  9. Opening takes the `commit_N` with the highest N. If it is damaged, that is an error; there is no silent
//     step back to an older one. Pending commits and files that no commit names are ignored.
//
//   nothing --1,2--> files durable --3--> names durable --4--> pending --5--> renamed --6--> committed --7--> clean
//
// A stop before 5 leaves the old commit; after 6 the new one; between 5 and 6 one of the two.

internal import Storage

/// Reads and writes the commits of one directory.
enum CommitLog {
  private static let prefix = "commit_"
  private static let pendingPrefix = "pending_commit_"
  /// Commits carry no segment's token.
  private static let noSegment = SegmentToken(bytes: (0, 0))

  /// The generation in a commit's name, or nil when it is no such name.
  private static func generation(_ name: String) -> Int? {
    guard name.hasPrefix(prefix) else { return nil }
    let digits = name.dropFirst(prefix.count)
    guard let number = Int(digits), number > 0, String(number) == digits else { return nil }
    return number
  }

  /// The newest commit; nil when the directory has none.
  ///
  /// - Throws: `corrupt`, `formatTooNew` or `formatTooOld` for a newest commit that cannot be read.
  static func newest(in directory: any Directory) throws(IndexError) -> CommitPoint? {
    let newest = try directory.list().compactMap { generation($0) }.max()
    guard let newest else { return nil }
    return try read(newest, in: directory)
  }

  static func read(_ generation: Int, in directory: any Directory) throws(IndexError) -> CommitPoint {
    let name = "\(prefix)\(generation)"
    let file = try IndexFile(
      directory: directory, name: name, kind: CommitPoint.kind, supportedVersions: FormatVersion.supported,
      segment: noSegment)
    let commit = try CommitPoint.decode(file)
    guard commit.generation == generation else {
      throw IndexError(.corrupt, "the commit is of generation \(commit.generation)", file: name)
    }
    return commit
  }

  /// Steps 3 to 6. The files that the commit names are finished.
  static func publish(_ commit: CommitPoint, in directory: any Directory) throws(IndexError) {
    try directory.sync()
    let pending = "\(pendingPrefix)\(commit.generation)"
    if try directory.list().contains(pending) { try directory.remove(pending) }
    let file = try IndexFileWriter(
      directory: directory, name: pending, kind: CommitPoint.kind, version: FormatVersion.current, segment: noSegment)
    try file.write(commit.encode())
    _ = try file.finish()
    try directory.rename(pending, to: "\(prefix)\(commit.generation)")
    try directory.sync()
  }

  /// Step 7: removes older commits, pending ones and files of segments that `commit` does not name. A file that
  /// cannot be removed is left for the next time. Files of other programs are left alone.
  static func removeUnreferenced(_ commit: CommitPoint, keeping inUse: Set<String> = [], in directory: any Directory) {
    guard let names = try? directory.list() else { return }
    var kept = inUse
    for segment in commit.segments {
      for kind in SegmentFile.allCases { kept.insert("\(segment.name).\(kind.rawValue)") }
      if let live = segment.liveFileName { kept.insert(live) }
    }
    for name in names where !kept.contains(name) {
      if let number = generation(name) {
        if number < commit.generation { try? directory.remove(name) }
      } else if name.hasPrefix(pendingPrefix) || isSegmentFile(name) {
        try? directory.remove(name)
      }
    }
  }

  private static func isSegmentFile(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), name.first == "s" else { return false }
    return SegmentFile(rawValue: String(name[name.index(after: dot)...])) != nil
  }
}
