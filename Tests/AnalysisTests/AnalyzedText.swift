// One analysed text and what is found in it.
import Analysis

/// The tokens of one text, and whether an analysed query matches it. The matching follows the rules of the query language
/// with operator `and`, with no index between.
struct AnalyzedText {
  struct Found: Equatable {
    let term: String
    let kind: TermKind
    let position: Int32
    let positionLength: Int
    let range: Range<Int>
  }

  let tokens: [Found]
  private var positions: [TermKind: [[UInt8]: Set<Int32>]] = [:]

  init(_ text: String, _ analyzer: Analyzer) { self.init(bytes: Array(text.utf8), analyzer) }

  init(bytes: [UInt8], _ analyzer: Analyzer) {
    var tokens: [Found] = []
    var positions: [TermKind: [[UInt8]: Set<Int32>]] = [:]
    bytes.withUnsafeBufferPointer { text in
      _ = analyzer.analyze(text, into: TokenBuffer()) { buffer in
        for index in 0..<buffer.count {
          let token = buffer[index]
          let term = buffer.termBytes(token)
          positions[token.kind, default: [:]][term, default: []].insert(token.position)
          tokens.append(
            Found(
              term: String(decoding: term, as: UTF8.self), kind: token.kind, position: token.position,
              positionLength: Int(token.positionLength), range: Int(token.startOffset)..<Int(token.endOffset)))
        }
      }
    }
    self.tokens = tokens
    self.positions = positions
  }

  func has(_ term: QueryTerm) -> Bool { positions[term.kind]?[term.bytes] != nil }

  func hasPhrase(_ terms: [QueryTerm]) -> Bool {
    guard let first = terms.first else { return false }
    let starts = positions[first.kind]?[first.bytes] ?? []
    return starts.contains { start in
      terms.allSatisfy { positions[$0.kind]?[$0.bytes]?.contains(start + $0.position - first.position) ?? false }
    }
  }

  func matches(_ segment: QuerySegment) -> Bool {
    switch segment {
    case .word(let unit):
      return has(unit.stem)
    case .mixed(let unit):
      if let whole = unit.whole, has(whole.stem) { return true }
      return hasPhrase(unit.phrase)
    case .han(let unit):
      if hasPhrase(unit.phrase) { return true }
      return unit.segmentations.contains { pieces in
        let needed = pieces.filter { !$0.isStopWord }
        return !needed.isEmpty && needed.allSatisfy { hasPhrase($0.terms) }
      }
    }
  }

  func matches(_ query: AnalyzedQuery) -> Bool {
    let needed = query.segments.filter { segment in
      if case .word(let unit) = segment { !unit.isStopWord } else { true }
    }
    return (needed.isEmpty ? query.segments : needed).allSatisfy(matches)
  }
}
