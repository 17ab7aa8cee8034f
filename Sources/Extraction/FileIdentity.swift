// Which file a path stands for, whatever it is called.

@preconcurrency import Glibc

struct FileIdentity: Hashable {
  let device: UInt64
  let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}

extension FileEntry {
  init(root: String, relativePath: String, absolutePath: String, status: stat) {
    let (seconds, isTooLarge) = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    self.init(
      root: root, relativePath: relativePath, absolutePath: absolutePath, size: Int(status.st_size),
      modificationTimeInNanoseconds: isTooLarge ? .max : seconds &+ Int64(status.st_mtim.tv_nsec),
      inode: UInt64(status.st_ino))
  }
}
