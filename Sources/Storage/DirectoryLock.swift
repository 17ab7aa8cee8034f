// A lock that is held.

/// Holds a lock of a directory until it is released, or its last reference goes.
public protocol DirectoryLock: AnyObject, Sendable {
  /// Lets go of the lock. A second call does nothing.
  func release()
}
