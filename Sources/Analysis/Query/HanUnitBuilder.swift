// Builds the unit of a run: its terms, its segmentations and its phrase.

/// Turns the tokens of one run into a `HanUnit`.
struct HanUnitBuilder {
  let text: UnsafeBufferPointer<UInt8>
  let analyzer: Analyzer
  let withSynonyms: Bool

  func unit(_ tokens: ArraySlice<QueryToken>) -> HanUnit {
    let characters = tokens.filter { $0.kind == .hanCharacter }
    let words = tokens.filter { $0.kind == .hanWord }
    let bigrams = tokens.filter { $0.kind == .hanBigram }
    let first = characters[0].position
    // A unit that lies inside a stop word says as little as the stop word.
    var isStop = [Bool](repeating: false, count: characters.count + 1)
    var stopEnds = [Int](repeating: 0, count: characters.count + 1)
    for word in words where analyzer.queryWords.isStopWord(String(decoding: word.bytes, as: UTF8.self)) {
      let start = Int(word.position - first)
      for i in start..<min(start + Int(word.positionLength), characters.count) {
        isStop[i] = true
        stopEnds[i] = start + Int(word.positionLength)
      }
    }
    let term = { (token: QueryToken) -> QueryTerm in
      let start = Int(token.position - first)
      return QueryTerm(
        token, isStopWord: isStop[start] && start + Int(token.positionLength) <= stopEnds[start])
    }
    let wordTerms = words.map(term)
    let bigramTerms = bigrams.map(term)
    let characterTerms = characters.map(term)
    let range = characters[0].range.lowerBound..<characters[characters.count - 1].range.upperBound
    var segmentations: [[QueryTerm]] = []
    if !wordTerms.isEmpty {
      segmentations = [wordTerms]
      for cut in Segmentations(analyzer: analyzer, characters: characterTerms, words: wordTerms).alternatives() {
        segmentations.append(
          cut.map { range in
            QueryTerm(
              bytes: characterTerms[range].flatMap(\.bytes), kind: .hanWord, position: first + Int32(range.lowerBound),
              positionLength: Int32(range.count), isStopWord: false)
          })
      }
    }
    let folded = String(decoding: characterTerms.flatMap(\.bytes), as: UTF8.self)
    return HanUnit(
      characters: characterTerms, bigrams: bigramTerms, words: wordTerms, segmentations: segmentations,
      phrase: cover(characterTerms, bigramTerms), range: range,
      synonyms: withSynonyms ? analyzer.synonyms(of: folded) : [])
  }

  /// As few bigrams as hold every character; the last two may overlap.
  private func cover(_ characters: [QueryTerm], _ bigrams: [QueryTerm]) -> [QueryTerm] {
    guard characters.count > 1 else { return characters }
    var cover = stride(from: 0, to: characters.count - 1, by: 2).map { bigrams[$0] }
    if characters.count % 2 == 1 { cover.append(bigrams[bigrams.count - 1]) }
    return cover
  }
}
