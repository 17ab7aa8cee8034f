// A directory in memory.

internal import CPlatform
internal import Synchronization

/// Files in memory, for indexes that live as long as their process and for tests. Readers share the bytes that were
/// written. Nothing in it is durable; it keeps the contract otherwise.
public final class MemoryDirectory: Directory {
  private struct State {
    var files: [String: MemoryFile] = [:]
    var locks: Set<String> = []
  }

  private let state = Mutex(State())

  /// "memory".
  public let location = "memory"

  /// An empty directory.
  public init() {}

  /// A directory with these files.
  public init(files: [String: [UInt8]]) throws(IndexError) {
    for (name, bytes) in files {
      try FileName.check(name)
      let file = MemoryFile()
      unsafe bytes.withUnsafeBytes { unsafe file.append($0) }
      file.seal()
      state.withLock { $0.files[name] = file }
    }
  }

  /// See ``Directory/list()``.
  public func list() throws(IndexError) -> [String] { state.withLock { Array($0.files.keys) } }

  /// See ``Directory/create(_:)``.
  public func create(_ name: String) throws(IndexError) -> any OutputFile {
    try FileName.check(name)
    return try state.withLock { (state) throws(IndexError) in
      guard state.files[name] == nil else {
        throw IndexError(.alreadyExists, "cannot create the file: there is one with this name", file: name)
      }
      let file = MemoryFile()
      state.files[name] = file
      return MemoryOutputFile(name: name, file: file)
    }
  }

  /// See ``Directory/open(_:)``.
  public func open(_ name: String) throws(IndexError) -> FileBytes {
    let block = try file(name).sealed()
    return unsafe FileBytes(name: name, base: block.base, count: block.count) { withExtendedLifetime(block) {} }
  }

  /// See ``Directory/size(_:)``.
  public func size(_ name: String) throws(IndexError) -> Int { try file(name).count }

  private func file(_ name: String) throws(IndexError) -> MemoryFile {
    try FileName.check(name)
    return try state.withLock { (state) throws(IndexError) in
      guard let file = state.files[name] else { throw Self.missing(name) }
      return file
    }
  }

  /// See ``Directory/rename(_:to:)``.
  public func rename(_ from: String, to: String) throws(IndexError) {
    try FileName.check(from)
    try FileName.check(to)
    try state.withLock { (state) throws(IndexError) in
      guard let file = state.files.removeValue(forKey: from) else { throw Self.missing(from) }
      state.files[to] = file
    }
  }

  /// See ``Directory/remove(_:)``.
  public func remove(_ name: String) throws(IndexError) {
    try FileName.check(name)
    try state.withLock { (state) throws(IndexError) in
      guard state.files.removeValue(forKey: name) != nil else { throw Self.missing(name) }
    }
  }

  /// See ``Directory/sync()``.
  public func sync() throws(IndexError) {}

  /// See ``Directory/lock(_:timeoutInMilliseconds:)``.
  public func lock(_ name: String, timeoutInMilliseconds: Int) throws(IndexError) -> any DirectoryLock {
    try FileName.check(name)
    return try LockTimeout.retry(timeoutInMilliseconds) { () throws(IndexError) in
      let isFree = state.withLock { $0.locks.insert(name).inserted }
      guard isFree else {
        throw IndexError(.locked, "the lock is held by process \(cplatform_process())", file: name)
      }
      return MemoryLock { [weak self] in self?.unlock(name) }
    }
  }

  private func unlock(_ name: String) { state.withLock { _ = $0.locks.remove(name) } }

  private static func missing(_ name: String) -> IndexError {
    IndexError(.notFound, "there is no such file", file: name)
  }
}
