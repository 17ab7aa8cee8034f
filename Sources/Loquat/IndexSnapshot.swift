// One commit of an index with what is needed to search it.

import Analysis
public import InvertedIndex
import Storage

/// One commit of an index, for as long as it is held.
public final class IndexSnapshot: Sendable {
  /// The snapshot of the inverted index.
  public let reader: IndexReader
  /// What the index was made with.
  public let settings: IndexSettings

  /// How the analysis that made the index differs from this program's, in words; nil where they are the same. Searches
  /// of such an index may miss words; nothing can be added to it until ``LoquatIndex/rebuild(_:_:)``.
  public let analyzerDifference: String?

  init(_ reader: IndexReader) throws {
    guard let settings = IndexSettings(userData: reader.userData) else {
      throw IndexError(.notAnIndex, "the index in \(reader.directory.location) was not made by Loquat")
    }
    self.reader = reader
    self.settings = settings
    analyzerDifference = reader.analyzerFingerprint.flatMap { settings.analyzer.difference(from: $0) }
  }

  /// Documents that are not deleted.
  public var documentCount: Int { reader.documentCount }
}
