// What an index was made with; it is kept in every commit.

public import Analysis
import FoundationEssentials
import InvertedIndex

/// Which parts of documents are kept beside what is needed for searching.
public enum StoredContent: String, Sendable, CaseIterable {
  /// Title and text, so that results have titles and snippets.
  case all
  /// Nothing but the ids.
  case ids
}

/// The properties of an index that are settled when it is made.
public struct IndexSettings: Sendable, Equatable {
  /// How text becomes terms.
  public var analyzer: AnalyzerConfiguration
  /// What is kept of documents.
  public var store: StoredContent

  /// Makes settings; the defaults are what most indexes want.
  public init(analyzer: AnalyzerConfiguration = AnalyzerConfiguration(), store: StoredContent = .all) {
    self.analyzer = analyzer
    self.store = store
  }

  private static let analyzerKey = "analyzer"
  private static let storeKey = "store"

  /// Writes the settings into the data of a writer's next commit.
  func write(to writer: IndexWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(analyzer)
    writer.setUserData(String(decoding: json, as: UTF8.self), forKey: Self.analyzerKey)
    writer.setUserData(store.rawValue, forKey: Self.storeKey)
  }

  /// Reads the settings of a snapshot; nil for one without (an index of another program's making).
  init?(userData: [String: String]) {
    guard let json = userData[Self.analyzerKey], let store = userData[Self.storeKey].flatMap(StoredContent.init),
      let analyzer = try? JSONDecoder().decode(AnalyzerConfiguration.self, from: Data(json.utf8))
    else { return nil }
    self.analyzer = analyzer
    self.store = store
  }
}
