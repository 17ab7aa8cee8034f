// The words that queries treat apart: stop words and synonyms.

/// Stop words and synonyms in folded form.
struct QueryWords {
  private let stopWords: Set<String>
  private let synonyms: [String: [String]]

  init(_ configuration: AnalyzerConfiguration) {
    if let own = configuration.stopWords {
      stopWords = Set(own.map(Folding.fold))
    } else {
      stopWords = configuration.name == .whitespace ? [] : StopWords.folded
    }
    var synonyms: [String: [String]] = [:]
    for group in configuration.synonyms {
      for word in group {
        let folded = Folding.fold(word)
        synonyms[folded, default: []] += group.filter { Folding.fold($0) != folded }
      }
    }
    self.synonyms = synonyms
  }

  /// Whether a folded word, or what it is before 's, 're and the like, is a stop word.
  func isStopWord(_ folded: String) -> Bool {
    if stopWords.contains(folded) { return true }
    guard let apostrophe = folded.lastIndex(of: "'") else { return false }
    return stopWords.contains(String(folded[..<apostrophe]))
  }

  func synonyms(of folded: String) -> [String] { synonyms[folded] ?? [] }
}

extension Analyzer {
  /// The synonyms of a folded word, analysed; their own synonyms aren't followed.
  func synonyms(of folded: String) -> [AnalyzedQuery] {
    queryWords.synonyms(of: folded).map { analyzeQuery($0, quoted: true, withSynonyms: false) }
  }
}
