// The lock of a folder.

internal import CPlatform
internal import Glibc
internal import Synchronization

/// Holds flock(2) on a file. The lock belongs to this object's open file: closing another descriptor of the same file
/// does not lose it, and the kernel frees it when the process ends. The file itself stays; it holds the number of the
/// process that took the lock last, for messages only.
final class FileSystemLock: DirectoryLock {
  private let descriptor: Mutex<Int32?>

  /// Tries once.
  ///
  /// - Throws: `locked` when somebody else has it.
  init(directory: Int32, name: String) throws(IndexError) {
    let opened = unsafe cplatform_open_lock(directory, name)
    guard opened >= 0 else { throw .system(-opened, "open the lock", file: name) }
    let result = cplatform_try_lock(opened)
    guard result == 0 else {
      let holder = Self.holder(opened).map { "by process \($0)" } ?? "by another process"
      _ = cplatform_close(opened)
      guard result == -EWOULDBLOCK else { throw IndexError.system(-result, "lock", file: name) }
      throw IndexError(.locked, "the lock is held \(holder)", file: name, errno: EWOULDBLOCK)
    }
    let process = Array("\(cplatform_process())\n".utf8)
    // Only for the messages of others: a full disk does not keep anybody from locking.
    _ = unsafe process.withUnsafeBytes { unsafe cplatform_overwrite(opened, $0.baseAddress, $0.count) }
    descriptor = Mutex(opened)
  }

  deinit { release() }

  func release() {
    descriptor.withLock { descriptor in
      guard let held = descriptor else { return }
      // Unlocked explicitly, for a child process may have a copy of the descriptor.
      _ = cplatform_unlock(held)
      _ = cplatform_close(held)
      descriptor = nil
    }
  }

  private static func holder(_ descriptor: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let length = unsafe bytes.withUnsafeMutableBytes {
      unsafe cplatform_read_start(descriptor, $0.baseAddress, $0.count)
    }
    guard length > 0 else { return nil }
    return Int(String(decoding: bytes.prefix(Int(length)).prefix { $0 != 0x0A }, as: UTF8.self))
  }
}
