// One entry in the log of a fault-injecting directory.

/// What was asked of a directory, and what came of it.
public struct DirectoryOperation: Sendable {
  /// The kind of call.
  public enum Kind: String, Sendable, CaseIterable {
    case list, create, open, size, rename, remove, syncDirectory, lock, write, sync, close
  }

  /// The place in the log, from 0.
  public let index: Int
  /// The kind of call.
  public let kind: Kind
  /// The file's name, for a renaming the old one; empty for calls without a file.
  public let file: String
  /// The new name of a renaming.
  public let newName: String?
  /// Tells files apart that had the same name one after the other; -1 for calls without a file.
  public let fileNumber: Int
  /// Where a write started, in bytes.
  public let offset: Int
  /// The bytes that were written; for a write that failed, those that were written before it did.
  public let bytes: [UInt8]
  /// The errno that was injected; nil when the call did what it should.
  public let injectedError: Int32?
}

extension DirectoryOperation: CustomStringConvertible {
  /// One line.
  public var description: String {
    var line = "\(index) \(kind) \(file)"
    if let newName { line += " to \(newName)" }
    if kind == .write { line += " \(offset)..<\(offset + bytes.count)" }
    if let injectedError { line += " failed with errno \(injectedError)" }
    return line
  }
}
