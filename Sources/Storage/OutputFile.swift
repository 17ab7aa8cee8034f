// A file while it is written.

/// Takes the bytes of a new file in order. Used by one thread at a time.
///
/// After an error in ``write(_:)`` or ``sync()`` the file is lost: every later call throws `writerPoisoned`, for a
/// second sync may report success over bytes that the first one dropped. ``close()`` then gives the descriptor back
/// and throws too.
public protocol OutputFile: AnyObject {
  /// The name under which it was created.
  var name: String { get }

  /// Appends bytes: all of them, or an error. Not durable yet.
  ///
  /// - Throws: `outOfSpace`, `io`, `writerPoisoned`; `invalidArgument` when it is closed.
  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError)

  /// Makes the bytes written so far durable, not the name.
  ///
  /// - Throws: `outOfSpace`, `io`, `writerPoisoned`; `invalidArgument` when it is closed.
  func sync() throws(IndexError)

  /// Ends writing. Nothing becomes durable by it. A file that is not closed is closed with its object.
  ///
  /// - Throws: `outOfSpace`, `io`, `writerPoisoned`; `invalidArgument` when it is closed already.
  func close() throws(IndexError)
}
