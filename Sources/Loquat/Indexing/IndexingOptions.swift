// How indexing runs.

public import InvertedIndex

/// Threads and memory for indexing.
public struct IndexingOptions: Sendable {
  /// Threads that read, analyse and build; 0 means one for each processor. No more are used than one for each
  /// 56 MiB of the budget and the 128 MiB that the process may take beside it.
  public var threads = 0
  /// Memory for documents that are not on disk yet, in bytes.
  public var memoryBudgetInBytes = 256 << 20
  /// How long to wait for another writer, in milliseconds.
  public var lockTimeoutInMilliseconds = 0

  /// What watches the run and ends it before it is through. Reading standard input waits for the next line first.
  public var control = OperationControl()

  /// The longest file or line of JSON Lines that is read, in bytes: an eighth of the budget and 8 MiB, because what is
  /// read, what is parsed of it and its document are in memory together.
  public var longestDocumentInBytes: Int { memoryBudgetInBytes / 8 + 8 << 20 }

  /// Makes the default options.
  public init() {}

  init(_ control: OperationControl) { self.control = control }
}
