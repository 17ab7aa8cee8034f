// The content of one folder.

@preconcurrency import Glibc

/// An open folder with the names in it.
struct FolderListing {
  struct Child {
    let name: [UInt8]
    let status: stat
    let isLink: Bool
    var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  }

  /// Names of everything but `.` and `..`, in no particular order.
  private(set) var names: [[UInt8]] = []

  /// Reads the names in the folder that a descriptor is open on; the descriptor stays the caller's.
  init?(descriptor: CInt) {
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { return nil }
    guard let stream = fdopendir(own) else {
      close(own)
      return nil
    }
    defer { closedir(stream) }
    guard let nameOffset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return nil }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { return nil }
        break
      }
      // The name ends with a NUL within the record, which may be shorter than the imported type.
      let start = UnsafeRawPointer(entry) + nameOffset
      let name = [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
  }

  /// The status of a name in the folder, that of a link's target when there is one.
  static func child(_ name: [UInt8], in descriptor: CInt) -> Child? {
    var status = stat()
    let path = name.map { CChar(bitPattern: $0) } + [0]
    guard fstatat(descriptor, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFLNK else { return Child(name: name, status: status, isLink: false) }
    var target = stat()
    let isBroken = fstatat(descriptor, path, &target, 0) != 0
    return Child(name: name, status: isBroken ? status : target, isLink: true)
  }

  /// Opens a folder below another, never through a link.
  static func open(_ name: [UInt8], in descriptor: CInt) -> CInt {
    let path = name.map { CChar(bitPattern: $0) } + [0]
    return openat(descriptor, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
  }
}
