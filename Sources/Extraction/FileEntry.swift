// A file that the walker found.

/// A file with what is needed to tell whether it changed.
public struct FileEntry: Hashable, Sendable {
  /// The folder that the relative path starts from: the root as given, or the folder of a file that was given.
  public let root: String
  /// The path below the root, its parts joined by `/`.
  public let relativePath: String
  /// The path that the file can be opened by.
  public let absolutePath: String
  /// The size in bytes.
  public let size: Int
  /// The time of the last modification, in nanoseconds since 1970.
  public let modificationTimeInNanoseconds: Int64
  /// The file's number in its file system.
  public let inode: UInt64
}
