// Fetches and marks up the documents of a result.

import Analysis
import InvertedIndex

/// Turns found documents into hits with titles, snippets and highlights.
struct HitPresenter {
  private let snapshot: IndexSnapshot
  private let searcher: Searcher
  private let query: Query
  private let request: SearchRequest
  private let documents: DocumentReader
  private let highlighter: Highlighter?
  private let targets: HighlightTargets
  private let titleField: FieldNumber?
  private let textField: FieldNumber?
  private let modifiedField: FieldNumber?

  init(_ snapshot: IndexSnapshot, _ searcher: Searcher, _ query: Query, _ request: SearchRequest) throws {
    self.snapshot = snapshot
    self.searcher = searcher
    self.query = query
    self.request = request
    documents = snapshot.reader.makeDocumentReader()
    let schema = snapshot.reader.schema
    titleField = schema.number(of: StandardField.title)
    textField = schema.number(of: StandardField.text)
    modifiedField = schema.number(of: StandardField.modified)
    let isMarked = request.snippets != nil && snapshot.settings.store == .all
    highlighter = isMarked ? Highlighter(analyzer: try Analyzer(snapshot.settings.analyzer)) : nil
    targets = isMarked ? try HighlightTargets(of: query, searcher) : HighlightTargets()
  }

  mutating func hit(_ found: ScoredDocument, rank: Int) throws -> SearchResult.Hit {
    let id = try documents.id(of: found.address)
    let isFile = try modifiedField.map { try documents.integer($0, of: found.address) != nil } ?? false
    var title: [UInt8] = []
    var text: [UInt8] = []
    if snapshot.settings.store == .all {
      for (field, value) in try documents.storedFields(of: found.address) {
        if field == titleField { title = value } else if field == textField { text = value }
      }
    }
    var snippet: Snippet?
    var highlights: [String: [Range<Int>]] = [:]
    if let highlighter, let options = request.snippets {
      let inText = highlighter.matchesAndSnippet(of: text, targets, options: options)
      snippet = inText.snippet
      if !inText.matches.isEmpty { highlights[StandardField.text] = inText.matches }
      let inTitle = highlighter.matches(in: title, targets)
      if !inTitle.isEmpty { highlights[StandardField.title] = inTitle }
    }
    return SearchResult.Hit(
      rank: rank, id: id, score: found.score, path: isFile ? id : nil, title: String(decoding: title, as: UTF8.self),
      snippet: snippet, highlights: highlights,
      explanation: request.explains
        ? try searcher.explain(query, found.address) { TermKind(rawValue: $0).map { "\($0)" } ?? "kind \($0)" } : nil)
  }
}

extension HighlightTargets {
  /// What of a query can be seen in a text: everything that makes a document match, and of what only adds to scores all
  /// but single characters, which are everywhere.
  init(of query: Query, _ searcher: Searcher) throws {
    self.init()
    var seen: Set<TermSelection.Pattern> = []
    try add(query, searcher, isScoring: false, &seen)
  }

  /// `seen` are the patterns that are targets: what is asked for several times is looked for once.
  private mutating func add(
    _ query: Query, _ searcher: Searcher, isScoring: Bool, _ seen: inout Set<TermSelection.Pattern>
  ) throws {
    switch query {
    case .all, .none, .columnRange: return
    case .columnBoost(let boosted): try add(boosted.query, searcher, isScoring: isScoring, &seen)
    // What only adds to scores is about words that are marked anyway, or not to be seen.
    case .phrase where isScoring: return
    case .combined(let combined):
      for part in combined.parts { try add(.term(part.term), searcher, isScoring: isScoring, &seen) }
    case .boost(let inner, _), .constant(let inner, _): try add(inner, searcher, isScoring: isScoring, &seen)
    case .term(let term), .discounted(let term, _):
      guard let unit = Unit(term), !isScoring || !unit.isOneHanCharacter && unit.kind != .exact else { return }
      units[unit] = max(units[unit] ?? 0, try searcher.idf(of: term))
    case .phrase(let phrase):
      var weight: Float = 0
      var slots: [(unit: Unit, position: Int32)] = []
      for slot in phrase.slots {
        guard let unit = Unit(slot.term) else { return }
        weight += try searcher.idf(of: slot.term)
        slots.append((unit, Int32(clamping: slot.position)))
      }
      phrases.append(Phrase(slots: slots, slop: Int(phrase.slop), weight: weight))
    case .selection(let selection):
      if seen.insert(selection.pattern).inserted { patterns.append(Self.predicate(selection.pattern)) }
    case .boolean(let boolean):
      for part in boolean.must + boolean.filter { try add(part, searcher, isScoring: isScoring, &seen) }
      let isOptional = !boolean.must.isEmpty || !boolean.filter.isEmpty
      for part in boolean.should { try add(part, searcher, isScoring: isScoring || isOptional, &seen) }
    }
  }

  private static func predicate(_ pattern: TermSelection.Pattern) -> @Sendable (ArraySlice<UInt8>) -> Bool {
    switch pattern {
    case .prefix(let prefix): { $0.starts(with: prefix) && !prefix.isEmpty }
    case .automaton(let automaton): { automaton.accepts(Array($0)) }
    case .range: { _ in false }
    }
  }
}

extension HighlightTargets.Unit {
  /// Nil for terms of spaces that text has no tokens for.
  fileprivate init?(_ term: Term) {
    guard let kind = TermKind(rawValue: term.space) else { return nil }
    self.init(kind: kind, term: term.bytes)
  }

  /// Whether it is a single character, as a kind of its own or as a word.
  fileprivate var isOneHanCharacter: Bool {
    kind == .hanCharacter || kind == .hanWord && String(decoding: term, as: UTF8.self).unicodeScalars.count == 1
  }
}
