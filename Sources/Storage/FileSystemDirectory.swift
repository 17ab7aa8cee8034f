// A folder of the file system.

internal import CPlatform
internal import Glibc

/// A directory in the file system.
///
/// It keeps the folder open and reaches its files through that, so renaming the folder meanwhile does no harm. Files
/// are mapped for reading (private, read only) and take no descriptor afterwards. Locks are those of flock(2).
public final class FileSystemDirectory: Directory {
  /// The path it was opened with.
  public let location: String
  private let descriptor: Int32

  /// Opens a folder; makes it and those above it when `createIfMissing` is set, and makes their names durable.
  ///
  /// - Throws: `notFound`, `invalidArgument` for a path with a NUL, `io`.
  public init(path: String, createIfMissing: Bool) throws(IndexError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw IndexError(.invalidArgument, "not a path: \(path.debugDescription)")
    }
    location = path
    var opened = unsafe cplatform_open_directory(path)
    if opened == -ENOENT, createIfMissing {
      try Self.make(path)
      opened = unsafe cplatform_open_directory(path)
    }
    guard opened >= 0 else { throw .system(-opened, "open the directory", file: path) }
    descriptor = opened
  }

  deinit { _ = cplatform_close(descriptor) }

  private static func make(_ path: String) throws(IndexError) {
    let bytes = Array(path.utf8)
    var above = bytes.first == 0x2F ? "/" : "."
    var end = 0
    while end < bytes.count {
      end = bytes[end...].firstIndex { $0 != 0x2F } ?? bytes.count
      end = bytes[end...].firstIndex(of: 0x2F) ?? bytes.count
      let part = String(decoding: bytes[..<end], as: UTF8.self)
      let result = unsafe cplatform_make_directory(part)
      if result == 0 {
        try sync(folder: above)
      } else if result != -EEXIST {
        throw .system(-result, "make the directory", file: part)
      }
      above = part
    }
  }

  private static func sync(folder: String) throws(IndexError) {
    let opened = unsafe cplatform_open_directory(folder)
    guard opened >= 0 else { throw .system(-opened, "open the directory", file: folder) }
    defer { _ = cplatform_close(opened) }
    let result = cplatform_sync(opened)
    guard result == 0 else { throw .system(-result, "sync the directory", file: folder) }
  }

  /// See ``Directory/list()``. Names that are not UTF-8 are left out.
  public func list() throws(IndexError) -> [String] {
    var error: Int32 = 0
    guard let listing = unsafe cplatform_listing_open(descriptor, &error) else {
      throw .system(error, "list the directory", file: location)
    }
    defer { unsafe cplatform_listing_close(listing) }
    var names: [String] = []
    while let name = unsafe cplatform_listing_next(listing, &error) {
      if let name = unsafe String(validatingCString: name) { names.append(name) }
    }
    guard error == 0 else { throw .system(error, "list the directory", file: location) }
    return names
  }

  /// See ``Directory/create(_:)``.
  public func create(_ name: String) throws(IndexError) -> any OutputFile {
    try FileName.check(name)
    let file = unsafe cplatform_create(descriptor, name)
    guard file >= 0 else { throw .system(-file, "create the file", file: name) }
    return FileSystemOutputFile(name: name, descriptor: file)
  }

  /// See ``Directory/open(_:)``.
  public func open(_ name: String) throws(IndexError) -> FileBytes {
    try FileName.check(name)
    let file = unsafe cplatform_open(descriptor, name)
    guard file >= 0 else { throw .system(-file, "open the file", file: name) }
    defer { _ = cplatform_close(file) }
    let length = cplatform_length(file)
    guard length >= 0 else { throw .system(Int32(truncatingIfNeeded: -length), "open the file", file: name) }
    let count = Int(length)
    if count == 0 { return FileBytes(name: name, copying: []) }
    var mapping: UnsafeRawPointer?
    let result = unsafe cplatform_map(file, count, &mapping)
    guard result == 0, let base = unsafe mapping else { throw .system(-result, "map the file", file: name) }
    let region = unsafe Region(base: base, count: count)
    return unsafe FileBytes(name: name, base: base, count: count) { region.unmap() }
  }

  /// A mapping, as it is handed to the closure that takes it away.
  @safe
  private struct Region: @unchecked Sendable {
    let base: UnsafeRawPointer
    let count: Int
    func unmap() { unsafe cplatform_unmap(base, count) }
  }

  /// See ``Directory/size(_:)``.
  public func size(_ name: String) throws(IndexError) -> Int {
    try FileName.check(name)
    let length = unsafe cplatform_length_at(descriptor, name)
    guard length >= 0 else { throw .system(Int32(truncatingIfNeeded: -length), "find the file's length", file: name) }
    return Int(length)
  }

  /// See ``Directory/rename(_:to:)``.
  public func rename(_ from: String, to: String) throws(IndexError) {
    try FileName.check(from)
    try FileName.check(to)
    let result = unsafe cplatform_rename(descriptor, from, to)
    guard result == 0 else { throw .system(-result, "rename the file to \(to)", file: from) }
  }

  /// See ``Directory/remove(_:)``.
  public func remove(_ name: String) throws(IndexError) {
    try FileName.check(name)
    let result = unsafe cplatform_remove(descriptor, name)
    guard result == 0 else { throw .system(-result, "remove the file", file: name) }
  }

  /// See ``Directory/sync()``.
  public func sync() throws(IndexError) {
    let result = cplatform_sync(descriptor)
    guard result == 0 else { throw .system(-result, "sync the directory", file: location) }
  }

  /// See ``Directory/lock(_:timeoutInMilliseconds:)``.
  public func lock(_ name: String, timeoutInMilliseconds: Int) throws(IndexError) -> any DirectoryLock {
    try FileName.check(name)
    return try LockTimeout.retry(timeoutInMilliseconds) { () throws(IndexError) in
      try FileSystemLock(directory: descriptor, name: name)
    }
  }
}
