// Directories of every kind, for one test body.

import Foundation
import Storage
import TestSupport

/// A folder that goes when its object does.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "loquat-storage-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Directories of every kind, for one test body.
enum DirectoryKind: String, CaseIterable {
  case fileSystem, memory, faultInjectingMemory, faultInjectingFileSystem

  func with(_ body: (any Directory) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let files = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    switch self {
    case .fileSystem: try body(files)
    case .memory: try body(MemoryDirectory())
    case .faultInjectingMemory: try body(FaultInjectingDirectory())
    case .faultInjectingFileSystem: try body(FaultInjectingDirectory(wrapping: files))
    }
  }
}
