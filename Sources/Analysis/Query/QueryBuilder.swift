// Puts the tokens of a query together.

/// Builds the segments of a query from the tokens of its clauses.
struct QueryBuilder {
  /// A word, mixed token or run as the tokens show it, before neighbours are joined.
  private struct Element {
    let part: MixedUnit.Part?
    let whole: WordUnit?
    let parts: [MixedUnit.Part]
    let range: Range<Int>

    var isHan: Bool { if case .han = part { true } else { false } }
  }

  let text: UnsafeBufferPointer<UInt8>
  let analyzer: Analyzer
  let withSynonyms: Bool
  let allSegmentations: Bool
  private(set) var segments: [QuerySegment] = []
  private var position: Int32 = 0

  init(text: UnsafeBufferPointer<UInt8>, analyzer: Analyzer, withSynonyms: Bool, allSegmentations: Bool) {
    self.text = text
    self.analyzer = analyzer
    self.withSynonyms = withSynonyms
    self.allSegmentations = allSegmentations
  }

  /// Adds the segments of one clause.
  mutating func add(_ clause: Range<Int>) {
    let (tokens, next) = analyzer.queryTokens(text, clause, firstPosition: position)
    position = next
    var joined: [Element] = []
    for element in elements(tokens) {
      if let last = joined.last, !joins(last, element) {
        segments.append(segment(joined))
        joined.removeAll()
      }
      joined.append(element)
    }
    if !joined.isEmpty { segments.append(segment(joined)) }
  }

  private func segment(_ elements: [Element]) -> QuerySegment {
    let first = elements[0]
    if elements.count == 1 {
      switch first.part {
      case .word(let unit): return .word(unit)
      case .han(let unit): return .han(unit)
      case nil: break
      }
    }
    let parts = elements.flatMap { element in element.part.map { [$0] } ?? element.parts }
    var phrase: [QueryTerm] = []
    for part in parts {
      switch part {
      case .word(let unit): phrase.append(unit.stem)
      case .han(let unit): phrase += unit.phrase
      }
    }
    return .mixed(
      MixedUnit(
        whole: elements.count == 1 ? first.whole : nil, parts: parts, phrase: phrase, groups: groups(parts),
        range: first.range.lowerBound..<elements[elements.count - 1].range.upperBound))
  }

  /// The parts with the pieces of runs that touch no word set apart, and with them stop words, which hold nothing
  /// together.
  private func groups(_ parts: [MixedUnit.Part]) -> [[QueryTerm]] {
    var groups: [[QueryTerm]] = []
    var current: [QueryTerm] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .word(let unit):
        current.append(unit.stem)
      case .han(let unit):
        let pieces = unit.segmentations[0]
        for (number, piece) in pieces.enumerated() {
          let touchesLeft = index > 0 && number == 0 && !piece.isStopWord
          let touchesRight = index + 1 < parts.count && number + 1 == pieces.count && !piece.isStopWord
          if !touchesLeft, !current.isEmpty {
            groups.append(current)
            current = []
          }
          if piece.terms.count > 1, touchesLeft != touchesRight {
            // Of a likely name, the character that touches: 1963年|卢卡斯.
            let start = Int(piece.terms[0].position - unit.characters[0].position)
            let end = start + piece.length
            if touchesLeft {
              groups.append(current + [unit.characters[start]])
              current = []
              groups.append(unit.cover(start + 1..<end))
            } else {
              groups.append(unit.cover(start..<end - 1))
              current.append(unit.characters[end - 1])
            }
            continue
          }
          current += piece.terms
          if !touchesRight {
            groups.append(current)
            current = []
          }
        }
      }
    }
    if !current.isEmpty { groups.append(current) }
    return groups
  }

  /// Whether two neighbours belong together: nothing between them, a dot as in names (卡尔·马克思), or between words
  /// the punctuation of paths, addresses and code.
  private func joins(_ left: Element, _ right: Element) -> Bool {
    guard analyzer.configuration.name != .whitespace else { return false }
    let gap = left.range.upperBound..<max(left.range.upperBound, right.range.lowerBound)
    if gap.isEmpty { return true }
    let bytes = Array(text[gap])
    switch bytes {
    case [0xC2, 0xB7], [0xE3, 0x83, 0xBB], [0xE2, 0x80, 0xA7]: return true
    case Array("--".utf8), Array("---".utf8), Array("..".utf8), Array("...".utf8): return false
    default: break
    }
    guard !left.isHan, !right.isHan, bytes.count <= 3 else { return false }
    let joining = Array("/\\:=&#?+~|<>@._-'%".utf8)
    return bytes.allSatisfy { joining.contains($0) }
  }

  private func elements(_ tokens: [QueryToken]) -> [Element] {
    var elements: [Element] = []
    var index = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .hanWord, .hanBigram, .hanCharacter:
        let end = runEnd(tokens, index)
        let builder = HanUnitBuilder(
          text: text, analyzer: analyzer, withSynonyms: withSynonyms, allSegmentations: allSegmentations)
        let unit = builder.unit(tokens[index..<end])
        elements.append(Element(part: .han(unit), whole: nil, parts: [], range: unit.range))
        index = end
      case .exact, .stem:
        let end = wordEnd(tokens, index)
        elements.append(contentsOf: wordElement(tokens[index..<end]))
        index = end
      }
    }
    return elements
  }

  /// A run goes on as long as a bigram reaches the next character.
  private func runEnd(_ tokens: [QueryToken], _ start: Int) -> Int {
    var index = start
    var last = tokens[start].position
    while index < tokens.count, tokens[index].kind.rawValue >= TermKind.hanWord.rawValue, tokens[index].position <= last
    {
      if tokens[index].kind == .hanBigram { last = tokens[index].position + 1 }
      index += 1
    }
    return index
  }

  /// A token with its parts ends where the longest span that begins with it ends.
  private func wordEnd(_ tokens: [QueryToken], _ start: Int) -> Int {
    var index = start
    let last = tokens[start].position + tokens[start].positionLength - 1
    while index < tokens.count, tokens[index].kind.rawValue < TermKind.hanWord.rawValue, tokens[index].position <= last
    {
      index += 1
    }
    return index
  }

  private func wordElement(_ tokens: ArraySlice<QueryToken>) -> [Element] {
    var units: [WordUnit] = []
    var index = tokens.startIndex
    while index < tokens.endIndex {
      let exact = tokens[index]
      let hasStem = index + 1 < tokens.endIndex && exact.kind == .exact && tokens[index + 1].kind == .stem
      units.append(word(exact, hasStem ? tokens[index + 1] : exact))
      index += hasStem ? 2 : 1
    }
    guard let first = units.first else { return [] }
    // Documents also have the word that a contraction begins with (we in we're); queries mean the contraction.
    let contractions = units.filter { $0.exact.positionLength == 1 && $0.exact.bytes.contains(0x27) }.map(\.range)
    let others = units.dropFirst().filter { unit in
      !contractions.contains { $0.lowerBound == unit.range.lowerBound && $0.upperBound > unit.range.upperBound }
    }
    // `.Net` also yields its word in documents, but whoever types the dot means the name.
    if others.isEmpty || first.exact.bytes.first == 0x2E && others.allSatisfy({ $0.range != first.range }) {
      return [Element(part: .word(first), whole: nil, parts: [], range: first.range)]
    }
    let parts = others.filter { $0.exact.positionLength == 1 }.map { MixedUnit.Part.word($0) }
    return [Element(part: nil, whole: first, parts: parts, range: first.range)]
  }

  private func word(_ exact: QueryToken, _ stem: QueryToken) -> WordUnit {
    let folded = String(decoding: exact.bytes, as: UTF8.self)
    let isStopWord = analyzer.words.isStopWord(folded)
    return WordUnit(
      exact: QueryTerm(exact, isStopWord: isStopWord), stem: QueryTerm(stem, isStopWord: isStopWord),
      range: exact.range)
  }
}

extension QueryTerm {
  init(_ token: QueryToken, isStopWord: Bool, firstCharacterLength: Int = 0) {
    self.init(
      bytes: token.bytes, kind: token.kind, position: token.position, positionLength: token.positionLength,
      isStopWord: isStopWord, firstCharacterLength: firstCharacterLength)
  }
}
