// One commit of an index with what is needed to search it.

public import InvertedIndex

/// One commit of an index, for as long as it is held.
public final class IndexSnapshot: Sendable {
  /// The snapshot of the inverted index.
  public let reader: IndexReader
  /// What the index was made with.
  public let settings: IndexSettings

  init(reader: IndexReader, settings: IndexSettings) {
    self.reader = reader
    self.settings = settings
  }

  /// Documents that are not deleted.
  public var documentCount: Int { reader.documentCount }
}
