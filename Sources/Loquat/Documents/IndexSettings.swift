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
  /// Whether every single character of runs without spaces is a term. Without them an index of Chinese is smaller and
  /// ranks a little worse (`Docs/Ranking.md` has the figures); only the first and the last of a run are kept, which
  /// mixed tokens (5G網) are found by. A query of one character then finds it as a word, or at the edge of a run.
  public var keepsCharacters: Bool

  /// Makes settings; the defaults are what most indexes want.
  public init(
    analyzer: AnalyzerConfiguration = AnalyzerConfiguration(), store: StoredContent = .all, keepsCharacters: Bool = true
  ) {
    self.analyzer = analyzer
    self.store = store
    self.keepsCharacters = keepsCharacters
  }

  private static let analyzerKey = "analyzer"
  private static let storeKey = "store"
  /// Present, with this value, in indexes without characters.
  private static let charactersKey = "characters"
  private static let edgesOnly = "edges"

  /// Writes the settings into the data of a writer's next commit.
  func write(to writer: IndexWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(analyzer)
    writer.setUserData(String(decoding: json, as: UTF8.self), forKey: Self.analyzerKey)
    writer.setUserData(store.rawValue, forKey: Self.storeKey)
    if !keepsCharacters { writer.setUserData(Self.edgesOnly, forKey: Self.charactersKey) }
  }

  /// Reads the settings of a snapshot; nil for one without (an index of another program's making).
  init?(userData: [String: String]) {
    guard let json = userData[Self.analyzerKey], let store = userData[Self.storeKey].flatMap(StoredContent.init),
      let analyzer = try? JSONDecoder().decode(AnalyzerConfiguration.self, from: Data(json.utf8))
    else { return nil }
    self.analyzer = analyzer
    self.store = store
    keepsCharacters = userData[Self.charactersKey] != Self.edgesOnly
  }
}
