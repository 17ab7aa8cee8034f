// The user's words of a configuration, made ready once.
internal import Synchronization

/// Words of a configuration in the forms that analysis needs: the user's dictionary, stop words and synonyms. Immutable,
/// shared by the analyzers of all threads.
final class AnalyzerWords: Sendable {
  let userWords: UserWords?
  private let stopWords: Set<String>
  let synonyms: SynonymTable

  private init(_ configuration: AnalyzerConfiguration) throws {
    userWords = configuration.userWords.isEmpty ? nil : UserWords(folded: configuration.userWords.map(Folding.fold))
    if let own = configuration.stopWords {
      stopWords = Set(own.map(Folding.fold))
    } else {
      stopWords = configuration.name == .whitespace ? [] : StopWords.folded
    }
    if configuration.synonyms.isEmpty {
      synonyms = SynonymTable()
    } else {
      var plain = configuration
      plain.synonyms = []
      synonyms = SynonymTable(configuration.synonyms, analyzer: try Analyzer(plain))
    }
  }

  /// The one of the last configuration that had words of its own: every search opens an analyzer.
  private static let last = Mutex<(configuration: AnalyzerConfiguration, words: AnalyzerWords)?>(nil)

  /// The words of a configuration. O(size) the first time, and when configurations alternate.
  static func of(_ configuration: AnalyzerConfiguration) throws -> AnalyzerWords {
    guard !configuration.userWords.isEmpty || !configuration.synonyms.isEmpty || configuration.stopWords != nil else {
      return try AnalyzerWords(configuration)
    }
    if let known = last.withLock({ $0 }), known.configuration == configuration { return known.words }
    let words = try AnalyzerWords(configuration)
    last.withLock { $0 = (configuration, words) }
    return words
  }

  /// Whether a folded word, or what it is before 's, 're and the like, is a stop word.
  func isStopWord(_ folded: String) -> Bool {
    if stopWords.contains(folded) { return true }
    guard let apostrophe = folded.lastIndex(of: "'") else { return false }
    return stopWords.contains(String(folded[..<apostrophe]))
  }
}
