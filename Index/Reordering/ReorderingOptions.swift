// Settings of a reordering.

/// How ``IndexWriter/reorder(maximumSegments:options:)`` works. The defaults suit every index.
public struct ReorderingOptions: Sendable {
  /// Threads that look for the order; 0 means one for each processor. The result is the same with any number.
  public var threads = 0

  /// Memory for documents' lists of terms, in bytes, and after that for posting lists and records that are put into
  /// their new order. Lists that do not fit are made without the rarest terms; the numbers of documents take 40 bytes
  /// for each of them beside.
  public var memoryBudgetInBytes = 512 << 20

  /// Terms in fewer documents are left out: they cost much time for little.
  public var minimumDocumentFrequency = 8

  /// Terms in more than this share of the documents are left out: they tell nothing of what documents are about.
  public var maximumDocumentShare = 0.1

  /// Partitions up to this size are not cut any more, in documents.
  public var leafSize = 32

  /// How often documents are swapped within one partition, at most.
  public var iterations = 20

  /// Makes the default settings.
  public init() {}
}
