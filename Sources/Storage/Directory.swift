// Where the files of an index lie, and what is durable after which call.

/// A flat set of named files: a folder, or memory.
///
/// A file is created, written from start to end, synced, closed, and never written again. Names are single path
/// components of 1 to 255 bytes without "/" and NUL, neither "." nor "..".
///
/// Contents and names become durable separately. ``OutputFile/sync()`` makes the bytes of one file durable, not its
/// name; ``sync()`` makes the names, renamings and removals so far durable, not any bytes. What was not synced may
/// survive a power cut in part and in any order.
///
/// Everything here may be called from several threads. Errors that every method may throw: `invalidArgument` for a
/// malformed name, `io` when the operating system fails.
public protocol Directory: AnyObject, Sendable {
  /// Where it is, for messages.
  var location: String { get }

  /// The names of the files, in no order. Files of locks may be among them, and files that others put there.
  func list() throws(IndexError) -> [String]

  /// Creates a file to be written. Neither its name nor its bytes are durable yet.
  ///
  /// - Throws: `alreadyExists` when there is a file with this name; `outOfSpace`.
  func create(_ name: String) throws(IndexError) -> any OutputFile

  /// Opens a closed file for reading. The bytes stay what they are while the result lives, also when the file is
  /// renamed, removed or replaced. Costs the same for any length.
  ///
  /// - Throws: `notFound`.
  func open(_ name: String) throws(IndexError) -> FileBytes

  /// The length of a file in bytes.
  ///
  /// - Throws: `notFound`.
  func size(_ name: String) throws(IndexError) -> Int

  /// Gives a file another name, in one step: whoever lists or opens sees the one name or the other, never neither. A
  /// file that has the other name is replaced. Durable after the next ``sync()``.
  ///
  /// - Throws: `notFound`; `outOfSpace`.
  func rename(_ from: String, to: String) throws(IndexError)

  /// Removes a file. Durable after the next ``sync()``; until then it may be back after a power cut.
  ///
  /// - Throws: `notFound`.
  func remove(_ name: String) throws(IndexError)

  /// Makes the names durable: all creations, renamings and removals that have returned. After an error nothing is
  /// known, and calling it again proves nothing.
  func sync() throws(IndexError)

  /// Takes a lock that one holder at a time has, over all processes that use the directory. It goes with the process
  /// that holds it, however that ends. A file that it uses has its name and must not be removed: two processes would
  /// lock two files.
  ///
  /// - Throws: `locked`, with the holder's process number in the message, when it was not free for
  ///   `timeoutInMilliseconds` (0: tries once).
  func lock(_ name: String, timeoutInMilliseconds: Int) throws(IndexError) -> any DirectoryLock
}
