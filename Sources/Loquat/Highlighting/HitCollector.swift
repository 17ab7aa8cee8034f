// Collects the matches among the tokens of a text.
import Analysis

/// Takes a text's tokens as the analyzer yields them and keeps those that match.
struct HitCollector {
  private(set) var hits: [Hit] = []
  private let table: TargetTable
  private var phrases: [PhraseTracker]
  private var term: [UInt8] = []
  private var analysedEnd = 0

  init(_ table: TargetTable, _ targets: HighlightTargets) {
    self.table = table
    phrases = targets.phrases.enumerated().map { PhraseTracker($1, target: table.firstPhraseTarget + $0) }
  }

  /// Text before this has all its hits.
  var settledEnd: Int { phrases.reduce(analysedEnd) { min($0, $1.unsettledStart ?? $0) } }

  /// Takes the next tokens of the text.
  mutating func add(_ buffer: TokenBuffer) {
    guard buffer.count > 0 else { return }
    let last = buffer[buffer.count - 1]
    analysedEnd = max(analysedEnd, Int(last.startOffset))
    buffer.withUnsafeTokens { tokens, arena in
      for token in tokens {
        // The buffer promises that a token's term lies in the arena.
        let bytes = UnsafeBufferPointer(
          rebasing: arena[Int(token.termStart)..<Int(token.termStart) + Int(token.termLength)])
        if let index = table.index(of: token.kind, bytes) { add(token, table.entries[index]) }
        if token.kind == .exact, !table.patterns.isEmpty { addPatterns(token, bytes) }
      }
    }
    for number in phrases.indices { phrases[number].settle(before: Int(last.position), into: &hits) }
  }

  /// Takes note that no token follows, and puts the hits in the order of the text.
  mutating func finish() {
    for number in phrases.indices { phrases[number].settle(before: .max, into: &hits) }
    hits.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  private mutating func add(_ token: Token, _ entry: TargetTable.Entry) {
    if entry.target >= 0 { add(token, target: Int(entry.target)) }
    for place in entry.slots { phrases[place.phrase].add(token, slot: place.slot) }
  }

  private mutating func addPatterns(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>) {
    term.removeAll(keepingCapacity: true)
    term.append(contentsOf: bytes)
    for (number, isMatch) in table.patterns.enumerated() where isMatch(term[...]) {
      add(token, target: table.firstPatternTarget + number)
    }
  }

  private mutating func add(_ token: Token, target: Int) {
    hits.append(
      Hit(
        start: token.startOffset, end: token.endOffset, target: Int32(truncatingIfNeeded: target), isMark: true))
  }
}
