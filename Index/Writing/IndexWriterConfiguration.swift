// Settings of a writer.

/// How an ``IndexWriter`` works.
public struct IndexWriterConfiguration: Sendable {
  /// Memory for documents that are not on disk yet, in bytes, over all document writers together. The process
  /// needs some more for the files that are being written.
  public var memoryBudgetInBytes = 256 << 20

  /// How much more than the budget the document writers may have while a single document is added; a document that
  /// needs more is refused.
  static let memoryReserveInBytes = 32 << 20

  /// How many ``DocumentWriter``s will be used at a time; each gets its share of the budget.
  public var documentWriters = 1

  /// Names how text becomes terms. Kept in every segment; a writer refuses an index whose segments were made
  /// otherwise. What follows a bar only changes queries and may differ.
  public var analyzerFingerprint = ""

  /// Whether the index is written anew: the first commit drops all documents that were there before. Until then
  /// readers have them. Their terms may have been made by another analyzer.
  public var rebuilds = false

  /// When segments are merged at a commit.
  public var mergePolicy = MergePolicy()

  /// How long to wait for another writer to let go of the index, in milliseconds.
  public var lockTimeoutInMilliseconds = 0

  /// What watches and ends everything that the writer does. After documents were lost by it, before they were on disk,
  /// the writer accepts nothing more.
  public var control = OperationControl()

  /// Makes the default settings.
  public init() {}
}
