// Finding the files to be indexed below the folders that a user names.

@preconcurrency import Glibc

/// Walks files and folders in the byte order of their relative paths.
///
/// Left out are hidden files and folders (so the index and `.git` too), what `.gitignore`, `.ignore` and `.loquatignore`
/// say, in the folder, above it up to the root and from there up to the top of a git work tree, and the folders given as
/// excluded. Symbolic links to files are followed, those to folders aren't. A file that is given itself is always
/// handed over. Memory: the names of the folders on the way down.
public struct DirectoryWalker {
  /// Something that was found.
  public enum Event: Hashable, Sendable {
    /// A file to be indexed.
    case file(FileEntry)
    /// Something left out for a reason worth telling.
    case skipped(SkippedFile)
  }

  private let roots: [String]
  private let excludedFolders: [String]

  /// A walker over files and folders. `excludedFolders` are paths of folders to be left out, such as an index that
  /// lies elsewhere in the tree.
  public init(roots: [String], excludedFolders: [String] = []) {
    self.roots = roots
    self.excludedFolders = excludedFolders
  }

  /// Hands over what there is, root by root.
  /// - Throws: `.notFound`, `.permissionDenied` or `.io` where a root itself can't be read; whatever `visit` throws.
  public func walk(_ visit: (Event) throws -> Void) throws {
    var excluded: Set<FileIdentity> = []
    for folder in excludedFolders {
      var status = stat()
      if stat(folder, &status) == 0 { excluded.insert(FileIdentity(status)) }
    }
    for root in roots {
      var status = stat()
      guard stat(root, &status) == 0 else { throw ExtractionError.system(errno, "read", path: root) }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        let trimmed = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        var walk = try FolderWalk(root: trimmed, excluded: excluded)
        try walk.run(visit)
      case S_IFREG:
        let slash = root.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == root.startIndex ? "/" : String(root[..<$0]) } ?? "."
        let name = slash.map { String(root[root.index(after: $0)...]) } ?? root
        try visit(.file(FileEntry(root: folder, relativePath: name, absolutePath: root, status: status)))
      default:
        throw ExtractionError(.unsupportedFormat, "neither a file nor a folder", path: root)
      }
    }
  }

  /// All files, for callers that need no more than these.
  public func files() throws -> [FileEntry] {
    var files: [FileEntry] = []
    try walk { event in
      if case .file(let entry) = event { files.append(entry) }
    }
    return files
  }
}
