// The words that queries treat apart: stop words and synonyms.

/// Stop words and synonyms in folded form.
struct QueryWords {
  let stopWords: Set<String>
  let synonyms: [String: [String]]

  init(_ configuration: AnalyzerConfiguration) {
    if let own = configuration.stopWords {
      stopWords = Set(own.map(Folding.fold))
    } else {
      stopWords = configuration.name == .whitespace ? [] : StopWords.folded
    }
    var synonyms: [String: [String]] = [:]
    for group in configuration.synonyms {
      let folded = group.map(Folding.fold)
      for word in folded { synonyms[word, default: []] += folded.filter { $0 != word } }
    }
    self.synonyms = synonyms
  }
}
