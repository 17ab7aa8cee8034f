// Builds the unit of a run: its terms, its segmentations and its phrase.

/// Turns the tokens of one run into a `HanUnit`.
struct HanUnitBuilder {
  let text: UnsafeBufferPointer<UInt8>
  let analyzer: Analyzer
  let withSynonyms: Bool
  let allSegmentations: Bool

  func unit(_ tokens: ArraySlice<QueryToken>) -> HanUnit {
    let characters = tokens.filter { $0.kind == .hanCharacter }
    let words = tokens.filter { $0.kind == .hanWord }
    let bigrams = tokens.filter { $0.kind == .hanBigram }
    let first = characters[0].position
    // A unit that lies inside a stop word says as little as the stop word.
    var isStop = [Bool](repeating: false, count: characters.count + 1)
    var stopEnds = [Int](repeating: 0, count: characters.count + 1)
    for word in words where analyzer.words.isStopWord(String(decoding: word.bytes, as: UTF8.self)) {
      let start = Int(word.position - first)
      for i in start..<min(start + Int(word.positionLength), characters.count) {
        isStop[i] = true
        stopEnds[i] = start + Int(word.positionLength)
      }
    }
    let term = { (token: QueryToken) -> QueryTerm in
      let start = Int(token.position - first)
      return QueryTerm(
        token, isStopWord: isStop[start] && start + Int(token.positionLength) <= stopEnds[start],
        firstCharacterLength: token.kind == .hanBigram ? characters[start].bytes.count : 0)
    }
    let wordTerms = words.map(term)
    let bigramTerms = bigrams.map(term)
    let characterTerms = characters.map(term)
    let range = characters[0].range.lowerBound..<characters[characters.count - 1].range.upperBound
    let phrase = HanUnit.cover(0..<characterTerms.count, characterTerms, bigramTerms)
    var segmentations = [[HanPiece(terms: phrase, isStopWord: false)]]
    if !wordTerms.isEmpty {
      segmentations = [pieces(wordTerms, characterTerms, bigramTerms)]
      let others =
        allSegmentations
        ? Segmentations(analyzer: analyzer, characters: characterTerms, words: wordTerms).alternatives() : []
      for cut in others {
        let words = cut.map { range in
          QueryTerm(
            bytes: characterTerms[range].flatMap(\.bytes), kind: .hanWord, position: first + Int32(range.lowerBound),
            positionLength: Int32(range.count), isStopWord: false)
        }
        segmentations.append(pieces(words, characterTerms, bigramTerms))
      }
    }
    if withSynonyms, let replaced = withAlternatives(wordTerms, characterTerms, bigramTerms) {
      segmentations.append(replaced)
    }
    return HanUnit(
      characters: characterTerms, bigrams: bigramTerms, words: wordTerms, segmentations: segmentations,
      phrase: phrase, range: range)
  }

  /// The run cut at the names of the synonym file that stand in it, the first and longest first, with what stands for
  /// them; nil where there is none, or the run is one as a whole: then the query has the alternatives. Names of one or
  /// two characters have to be words of the run, since such pairs stand in many words.
  private func withAlternatives(_ words: [QueryTerm], _ characters: [QueryTerm], _ bigrams: [QueryTerm])
    -> [HanPiece]?
  {
    let synonyms = analyzer.words.synonyms
    guard synonyms.longestRun > 0, let first = characters.first?.position else { return nil }
    let boundaries = Set(words.map { Int($0.position - first) } + [characters.count])
    func between(_ range: Range<Int>) -> [HanPiece] {
      if range.isEmpty { return [] }
      guard boundaries.contains(range.lowerBound), boundaries.contains(range.upperBound) else {
        return [HanPiece(terms: HanUnit.cover(range, characters, bigrams), isStopWord: false)]
      }
      return pieces(words.filter { range.contains(Int($0.position - first)) }, characters, bigrams)
    }
    var replaced: [HanPiece] = []
    var rest = 0
    var index = 0
    while index < characters.count {
      var next = index + 1
      for end in stride(from: min(index + synonyms.longestRun, characters.count), to: index, by: -1) {
        let range = index..<end
        guard range.count < characters.count,
          range.count > 2 || boundaries.contains(index) && boundaries.contains(end)
        else { continue }
        let found = synonyms.alternatives(of: characters[range])
        if found.isEmpty { continue }
        replaced += between(rest..<index)
        replaced.append(
          HanPiece(terms: HanUnit.cover(range, characters, bigrams), isStopWord: false, alternatives: found))
        rest = end
        next = end
        break
      }
      index = next
    }
    return replaced.isEmpty ? nil : replaced + between(rest..<characters.count)
  }

  /// Words as pieces, neighbouring words of one character put together unless they are stop words.
  private func pieces(_ words: [QueryTerm], _ characters: [QueryTerm], _ bigrams: [QueryTerm]) -> [HanPiece] {
    guard let first = characters.first?.position else { return [] }
    var pieces: [HanPiece] = []
    var index = 0
    while index < words.count {
      var end = index
      while end < words.count, words[end].positionLength == 1, !words[end].isStopWord { end += 1 }
      if end - index > 1 {
        let start = Int(words[index].position - first)
        pieces.append(
          HanPiece(terms: HanUnit.cover(start..<start + end - index, characters, bigrams), isStopWord: false))
        index = end
      } else {
        pieces.append(HanPiece(terms: [words[index]], isStopWord: words[index].isStopWord))
        index += 1
      }
    }
    return pieces
  }
}
