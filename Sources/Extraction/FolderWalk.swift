// The walk below one root: a stack of open folders instead of recursion.

@preconcurrency import Glibc

struct FolderWalk: ~Copyable {
  private struct Level {
    let descriptor: CInt
    /// In reverse order, so that the next one is the last.
    var children: [FolderListing.Child]
    let rules: IgnoreRules
  }

  private let root: String
  private let excluded: Set<FileIdentity>
  private var levels: [Level] = []
  /// Components of the current folder's path from where the outermost rules are.
  private var components: [[UInt8]] = []
  /// Rules of the folders above the root, outermost first: `components[i...]` is a path below the folder of number i.
  private var outerRules: [IgnoreRules] = []
  private var skipped: [SkippedFile] = []

  init(root: String, excluded: Set<FileIdentity>) throws(ExtractionError) {
    self.root = root
    self.excluded = excluded
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno, "open the folder", path: root) }
    readOuterRules()
    guard enter(descriptor) else {
      let number = errno
      close(descriptor)
      throw .system(number, "read the folder", path: root)
    }
  }

  deinit {
    for level in levels { close(level.descriptor) }
  }

  mutating func run(_ visit: (DirectoryWalker.Event) throws -> Void) throws {
    while let depth = levels.indices.last {
      for file in skipped { try visit(.skipped(file)) }
      skipped.removeAll()
      guard let child = levels[depth].children.popLast() else {
        close(levels[depth].descriptor)
        levels.removeLast()
        if !levels.isEmpty { components.removeLast() }
        continue
      }
      if let event = take(child, in: levels[depth].descriptor) { try visit(event) }
    }
  }

  /// Descends into a folder, or says what to tell of a child.
  private mutating func take(_ child: FolderListing.Child, in parent: CInt) -> DirectoryWalker.Event? {
    if child.name.first == UInt8(ascii: "."), !child.name.isEmpty { return nil }
    components.append(child.name)
    var hasEntered = false
    defer { if !hasEntered { components.removeLast() } }
    if isIgnored(isFolder: child.isFolder) { return nil }
    let path = relativePath()
    guard String(validating: child.name, as: UTF8.self) != nil else {
      return skip(path, .nameNotUTF8, "the name is not UTF-8")
    }
    switch child.status.st_mode & S_IFMT {
    case S_IFREG:
      let absolutePath = root == "/" ? "/" + path : root + "/" + path
      return .file(FileEntry(root: root, relativePath: path, absolutePath: absolutePath, status: child.status))
    case S_IFDIR where child.isLink:
      return skip(path, .linkToFolder, "a symbolic link to a folder")
    case S_IFDIR:
      if excluded.contains(FileIdentity(child.status)) { return nil }
      guard levels.count < ExtractionLimits.maximalFolderDepth else {
        return skip(path, .tooDeep, "deeper than \(ExtractionLimits.maximalFolderDepth) folders")
      }
      let descriptor = FolderListing.open(child.name, in: parent)
      guard descriptor >= 0 else { return skip(path, .unreadable, reason(errno)) }
      guard enter(descriptor) else {
        let number = errno
        close(descriptor)
        return skip(path, .unreadable, reason(number))
      }
      hasEntered = true
      return nil
    case S_IFLNK:
      return skip(path, .brokenLink, "a symbolic link to nothing")
    default:
      return skip(path, .notARegularFile, "not a regular file")
    }
  }

  /// Reads a folder and makes it the current one.
  private mutating func enter(_ descriptor: CInt) -> Bool {
    guard let listing = FolderListing(descriptor: descriptor) else { return false }
    let names = Set(listing.names)
    var rules = IgnoreRules()
    for fileName in IgnoreRules.fileNames where names.contains(Array(fileName.utf8)) {
      read(fileName, in: descriptor, into: &rules)
    }
    var children: [(key: [UInt8], child: FolderListing.Child)] = []
    children.reserveCapacity(listing.names.count)
    for name in listing.names where name.first != UInt8(ascii: ".") {
      // A name that is gone by now was never there.
      guard let child = FolderListing.child(name, in: descriptor) else { continue }
      // In the byte order of whole paths a folder's name goes on with a slash.
      children.append((child.isFolder && !child.isLink ? name + [UInt8(ascii: "/")] : name, child))
    }
    children.sort { $1.key.lexicographicallyPrecedes($0.key) }
    levels.append(Level(descriptor: descriptor, children: children.map(\.child), rules: rules))
    return true
  }

  private mutating func read(_ fileName: String, in descriptor: CInt, into rules: inout IgnoreRules) {
    let path = (components.dropFirst(outerRules.count) + [Array(fileName.utf8)])
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    do throws(ExtractionError) {
      rules.add(contentsOf: try Self.content(of: fileName, in: descriptor, path: path))
    } catch {
      skipped.append(SkippedFile(path: path, reason: .ignoreFileUnreadable, message: error.message))
    }
  }

  private static func content(
    of fileName: String, in descriptor: CInt, path: String
  ) throws(ExtractionError) -> [UInt8] {
    let file = openat(descriptor, fileName, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .system(errno, "open the ignore file", path: path) }
    defer { close(file) }
    return try DescriptorReader.readAll(
      file, limit: ExtractionLimits.maximalIgnoreFileSizeInBytes, path: path)
  }

  /// Inner rules go before outer ones.
  private func isIgnored(isFolder: Bool) -> Bool {
    for depth in levels.indices.reversed() where !levels[depth].rules.isEmpty {
      switch levels[depth].rules.verdict(on: components[(outerRules.count + depth)...], isFolder: isFolder) {
      case .ignored: return true
      case .kept: return false
      case .undecided: break
      }
    }
    for index in outerRules.indices.reversed() where !outerRules[index].isEmpty {
      switch outerRules[index].verdict(on: components[index...], isFolder: isFolder) {
      case .ignored: return true
      case .kept: return false
      case .undecided: break
      }
    }
    return false
  }

  /// Reads the ignore files above the root where it lies in a git work tree.
  private mutating func readOuterRules() {
    guard let resolved = realpath(root, nil) else { return }
    defer { free(resolved) }
    var folder = String(cString: resolved)
    var names: [[UInt8]] = []
    var rules: [IgnoreRules] = []
    var isTop = access(folder + "/.git", F_OK) == 0
    while !isTop, folder != "/", let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) {
      names.insert(Array(folder[folder.index(after: slash)...].utf8), at: 0)
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
      var own = IgnoreRules()
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor >= 0 {
        for fileName in IgnoreRules.fileNames {
          // Above the root nothing is reported: the user didn't name these folders.
          if let bytes = try? Self.content(of: fileName, in: descriptor, path: fileName) {
            own.add(contentsOf: bytes)
          }
        }
        close(descriptor)
      }
      rules.insert(own, at: 0)
      isTop = access(folder + "/.git", F_OK) == 0
    }
    guard isTop else { return }
    components = names
    outerRules = rules
  }

  private func relativePath() -> String {
    components.dropFirst(outerRules.count).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  private func skip(_ path: String, _ reason: SkippedFile.Reason, _ message: String) -> DirectoryWalker.Event {
    .skipped(SkippedFile(path: path, reason: reason, message: message))
  }

  private func reason(_ number: CInt) -> String { String(cString: strerror(number)) }
}
