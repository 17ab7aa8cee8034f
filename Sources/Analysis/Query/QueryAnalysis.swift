// Analysis of query text: the same tokens as in documents, put together into structure.

extension Analyzer {
  /// Analyses plain text of a query: one clause without operators, several with blanks between them, or, with `quoted`,
  /// the content of quotation marks, where blanks between Chinese characters join as they do in documents.
  ///
  /// - Parameter allSegmentations: whether runs come with the other plausible ways to cut them, which only a query whose
  ///   words have to match looks at.
  public func analyzeQuery(_ text: String, quoted: Bool = false, allSegmentations: Bool = true) -> AnalyzedQuery {
    var text = text
    return text.withUTF8 { bytes in
      var builder = QueryBuilder(text: bytes, analyzer: self, withSynonyms: !quoted, allSegmentations: allSegmentations)
      if quoted || configuration.name == .whitespace {
        builder.add(0..<bytes.count)
      } else {
        for clause in Analyzer.clauses(bytes) { builder.add(clause) }
      }
      return AnalyzedQuery(
        segments: builder.segments, expansions: quoted ? [] : words.synonyms.expansions(of: builder.segments),
        script: ChineseScript(of: bytes))
    }
  }

  /// The most words that a name of the synonym file has; 0 without one.
  public var longestSynonym: Int { words.synonyms.longest }

  /// Whether a text is a name of the synonym file.
  public func isSynonym(_ text: String) -> Bool {
    !words.synonyms.alternatives(of: analyzeQuery(text, quoted: true).segments[...]).isEmpty
  }

  /// The stretches between white space.
  private static func clauses(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    guard let base = text.baseAddress else { return [] }
    var clauses: [Range<Int>] = []
    var cursor = FoldedCursor(base, end: text.count, at: 0)
    var start: Int?
    while true {
      switch cursor.kind {
      case CharacterClass.blank, CharacterClass.line, CharacterClass.paragraph, CharacterClass.end:
        if let first = start { clauses.append(first..<cursor.start) }
        start = nil
        if cursor.kind == CharacterClass.end { return clauses }
      default:
        if start == nil { start = cursor.start }
      }
      cursor.advance()
    }
  }

  /// The tokens of a part of a query.
  func queryTokens(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, firstPosition: Int32) -> (
    tokens: [QueryToken], nextPosition: Int32
  ) {
    let part = UnsafeBufferPointer(rebasing: text[range])
    var tokens: [QueryToken] = []
    let next = analyze(part, firstPosition: firstPosition, into: sharedQueryBuffer()) { buffer in
      buffer.withUnsafeTokens { found, arena in
        for token in found {
          let start = Int(token.termStart)
          tokens.append(
            QueryToken(
              bytes: [UInt8](arena[start..<start + Int(token.termLength)]), kind: token.kind,
              position: token.position, positionLength: Int32(token.positionLength),
              range: range.lowerBound + Int(token.startOffset)..<range.lowerBound + Int(token.endOffset)))
        }
      }
    }
    return (tokens, next)
  }
}
