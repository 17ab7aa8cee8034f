// How indexing runs.

/// Threads and memory for indexing.
public struct IndexingOptions: Sendable {
  /// Threads that read, analyse and build; 0 means one for each processor.
  public var threads = 0
  /// Memory for documents that are not on disk yet, in bytes.
  public var memoryBudgetInBytes = 256 << 20
  /// How long to wait for another writer, in milliseconds.
  public var lockTimeoutInMilliseconds = 0

  /// Makes the default options.
  public init() {}
}
