// The system's cache of files: what makes an index cold or warm.

import Foundation
@preconcurrency import Glibc

/// Empties the cache of the files of a folder, and says how much of them is in it.
enum PageCache {
  /// Asks the system to forget the files' pages. Only clean pages that nobody maps go; ``residentShare(of:)`` tells.
  static func evict(_ folder: String) {
    for path in files(folder) {
      let descriptor = open(path, O_RDONLY)
      guard descriptor >= 0 else { continue }
      fdatasync(descriptor)
      posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
      close(descriptor)
    }
  }

  /// The share of the files' pages that are in memory.
  static func residentShare(of folder: String) -> Double {
    let pageSize = Int(getpagesize())
    var resident = 0
    var all = 0
    for path in files(folder) {
      let descriptor = open(path, O_RDONLY)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      let size = Int(lseek(descriptor, 0, SEEK_END))
      guard size > 0, let base = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), base != MAP_FAILED else {
        continue
      }
      defer { munmap(base, size) }
      var pages = [UInt8](repeating: 0, count: (size + pageSize - 1) / pageSize)
      guard mincore(base, size, &pages) == 0 else { continue }
      resident += pages.count { $0 & 1 != 0 }
      all += pages.count
    }
    return all == 0 ? 0 : Double(resident) / Double(all)
  }

  private static func files(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { folder + "/" + $0 }
  }
}
