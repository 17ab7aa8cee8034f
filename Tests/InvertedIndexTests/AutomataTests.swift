// The automata over terms against slow and obvious ways of matching.

import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// All texts of up to `length` of the scalars.
private func texts(of scalars: [Unicode.Scalar], upTo length: Int) -> [[Unicode.Scalar]] {
  var all: [[Unicode.Scalar]] = [[]]
  var longest = all
  for _ in 0..<length {
    longest = longest.flatMap { text in scalars.map { text + [$0] } }
    all += longest
  }
  return all
}

private func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] { scalars.flatMap { Array($0.utf8) } }

private func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  String(String.UnicodeScalarView(scalars))
}

/// The terms that a walk over sorted terms finds that passes over what the matcher says it can.
private func walk(_ automaton: any TermAutomaton, _ terms: [[UInt8]]) -> (accepted: [[UInt8]], matched: Int) {
  var matcher = automaton.makeMatcher()
  var accepted: [[UInt8]] = []
  var candidate: [UInt8] = []
  var matched = 0
  var next = 0
  while next < terms.count {
    let term = terms[next]
    matched += 1
    switch matcher.match(term, nextCandidate: &candidate) {
    case .accepted:
      accepted.append(term)
      next += 1
    case .rejected: next += 1
    case .skip:
      #expect(term.lexicographicallyPrecedes(candidate))
      while next < terms.count, terms[next].lexicographicallyPrecedes(candidate) { next += 1 }
    case .exhausted: return (accepted, matched)
    }
  }
  return (accepted, matched)
}

/// Holds an automaton to a predicate over terms that are in ascending order.
private func compare(
  _ automaton: any TermAutomaton, _ terms: [[Unicode.Scalar]], _ comment: Comment,
  _ matches: ([Unicode.Scalar]) -> Bool
) {
  let expected = terms.filter(matches).map(utf8)
  let all = terms.map(utf8)
  #expect(walk(automaton, all).accepted == expected, comment)
  let accepted = all.filter(automaton.accepts)
  #expect(accepted == expected, comment)
  #expect(expected.allSatisfy { $0.starts(with: automaton.prefix) }, comment)
}

private func sorted(_ terms: [[Unicode.Scalar]]) -> [[Unicode.Scalar]] {
  terms.sorted { utf8($0).lexicographicallyPrecedes(utf8($1)) }
}

/// `a` and `b` beside scalars of two to four bytes; some share leading bytes.
private let alphabet: [Unicode.Scalar] = ["a", "b", "é", "中", "丯", "𠀀"]

@Suite struct WildcardAutomatonTests {
  /// Tries every length for every `*`.
  private func matches(_ pattern: ArraySlice<WildcardAutomaton.Part>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case .literal(let literal):
      let scalars = Array(literal.unicodeScalars)
      return text.starts(with: scalars) && matches(rest, text.dropFirst(scalars.count))
    case .anyCharacter: return !text.isEmpty && matches(rest, text.dropFirst())
    case .anyString: return (0...text.count).contains { matches(rest, text.dropFirst($0)) }
    }
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func acceptsWhatBacktrackingAccepts(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scalars = Array(alphabet.shuffled(using: &generator).prefix(3))
    let pattern = (0..<Int.random(in: 0...6, using: &generator)).map { _ -> WildcardAutomaton.Part in
      let literal = scalars.shuffled(using: &generator).prefix(Int.random(in: 0...2, using: &generator))
      return [.anyString, .anyCharacter, .literal(string(literal))].randomElement(using: &generator) ?? .anyString
    }
    compare(WildcardAutomaton(pattern), sorted(texts(of: scalars, upTo: 4)), "seed \(seed), \(pattern)") {
      matches(pattern[...], $0[...])
    }
  }

  @Test func takesCharactersNotBytes() {
    let automaton = WildcardAutomaton([.literal("香"), .anyCharacter, .literal("科"), .anyString])
    #expect(automaton.accepts(Array("香港科學園".utf8)))
    #expect(automaton.accepts(Array("香𠀀科".utf8)))
    #expect(!automaton.accepts(Array("香科學園".utf8)))
    #expect(automaton.prefix == Array("香".utf8))
    #expect(automaton.description == "wildcard 香?科*")
  }

  @Test func tellsStarsOfTheTextFromWildcards() {
    let literal = WildcardAutomaton([.literal("a*?\\")])
    #expect(literal.accepts(Array("a*?\\".utf8)))
    #expect(!literal.accepts(Array("abc\\".utf8)))
    let wild = WildcardAutomaton([.literal("a"), .anyString, .anyCharacter, .literal("\\")])
    #expect(literal.description != wild.description)
  }

  @Test(.timeLimit(.minutes(5))) func isLinearOnManyStars() {
    let part: [WildcardAutomaton.Part] = [.anyString, .literal("a")]
    let automaton = WildcardAutomaton((0..<1_000).flatMap { _ in part } + [.literal("b")])
    #expect(!automaton.accepts([UInt8](repeating: 0x61, count: 3_000)))
  }

  @Test func rejectsWhatIsNotUTF8() {
    let automaton = WildcardAutomaton([.anyString])
    for bytes: [UInt8] in [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xB8], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0x61, 0xE4, 0x61, 0x61],
    ] {
      #expect(!automaton.accepts(bytes))
      #expect(walk(automaton, [[0x61], bytes, [0xFF, 0xFF]]).accepted == [[0x61]])
    }
  }
}

@Suite struct FuzzyAutomatonTests {
  /// The optimal string alignment distance, by the recurrence of its definition.
  private func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
          rows[i][j] = i + j
          continue
        }
        rows[i][j] = min(
          rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func acceptsWhatTheDistanceAllows(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scalars = Array(alphabet.shuffled(using: &generator).prefix(3))
    let text = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
      scalars.randomElement(using: &generator) ?? "a"
    }
    let edits = Int.random(in: 0...2, using: &generator)
    let fixed = min(Int.random(in: 0...3, using: &generator), text.count)
    let automaton = FuzzyAutomaton(string(text), maximumEdits: edits, prefixLength: fixed)
    compare(automaton, sorted(texts(of: scalars, upTo: 5)), "seed \(seed), \(text), \(edits), \(fixed)") {
      $0.starts(with: text.prefix(fixed)) && distance(Array($0.dropFirst(fixed)), Array(text.dropFirst(fixed))) <= edits
    }
  }

  @Test func countsASwapOfNeighboursOnce() {
    let automaton = FuzzyAutomaton("香港科學園", maximumEdits: 1)
    #expect(automaton.accepts(Array("港香科學園".utf8)))
    #expect(automaton.accepts(Array("香港科園".utf8)))
    #expect(automaton.accepts(Array("香港科学園".utf8)))
    #expect(!automaton.accepts(Array("香港科学园".utf8)))
    // Optimal string alignment edits no part twice: "ca" is three edits from "abc".
    #expect(!FuzzyAutomaton("ca", maximumEdits: 2).accepts(Array("abc".utf8)))
  }

  @Test func clampsEditsToTheLimits() {
    #expect(FuzzyAutomaton("abcdef", maximumEdits: 9).accepts(Array("abcd".utf8)))
    #expect(!FuzzyAutomaton("abcdef", maximumEdits: 9).accepts(Array("abc".utf8)))
    #expect(FuzzyAutomaton("abc", maximumEdits: -1).prefix == Array("abc".utf8))
  }

  @Test func takesALongText() {
    let scalars = (0..<600).map { Unicode.Scalar(0x4E00 + $0) ?? "a" }
    let automaton = FuzzyAutomaton(string(scalars), maximumEdits: 2)
    var near = scalars
    near.swapAt(100, 101)
    near.remove(at: 550)
    #expect(automaton.accepts(utf8(near)))
    near.remove(at: 300)
    #expect(!automaton.accepts(utf8(near)))
  }

  @Test func passesOverMostOfADictionary() {
    let terms = sorted(texts(of: ["a", "b", "c", "d", "e", "f"], upTo: 6)).map(utf8)
    let result = walk(FuzzyAutomaton("abcdef", maximumEdits: 1), terms)
    #expect(result.accepted.contains(Array("abcedf".utf8)))
    #expect(result.matched * 100 < terms.count, "\(result.matched) of \(terms.count)")
  }
}

@Suite struct RegularExpressionAutomatonTests {
  /// A regular expression that can be written and matched by backtracking.
  private indirect enum Node {
    case one(Unicode.Scalar)
    case any
    case oneOf([Unicode.Scalar], isInverted: Bool)
    case sequence([Node])
    case either([Node])
    case repeated(Node, minimum: Int, maximum: Int?)

    var pattern: String {
      switch self {
      case .one(let scalar): string([scalar])
      case .any: "."
      case .oneOf(let scalars, let isInverted): "[" + (isInverted ? "^" : "") + string(scalars) + "]"
      case .sequence(let nodes): nodes.map(\.pattern).joined()
      case .either(let nodes): "(" + nodes.map(\.pattern).joined(separator: "|") + ")"
      case .repeated(let node, let minimum, let maximum):
        "(" + node.pattern + ")" + Self.count(minimum, maximum)
      }
    }

    private static func count(_ minimum: Int, _ maximum: Int?) -> String {
      switch (minimum, maximum) {
      case (0, nil): "*"
      case (1, nil): "+"
      case (0, 1): "?"
      case (let minimum, nil): "{\(minimum),}"
      case (let minimum, let maximum?): minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
      }
    }

    /// Whether the node matches a beginning of the text behind which `rest` holds.
    func matches(_ text: ArraySlice<Unicode.Scalar>, _ rest: (ArraySlice<Unicode.Scalar>) -> Bool) -> Bool {
      switch self {
      case .one(let scalar): return text.first == scalar && rest(text.dropFirst())
      case .any: return !text.isEmpty && rest(text.dropFirst())
      case .oneOf(let scalars, let isInverted):
        guard let first = text.first else { return false }
        return scalars.contains(first) != isInverted && rest(text.dropFirst())
      case .sequence(let nodes):
        guard let first = nodes.first else { return rest(text) }
        return first.matches(text) { Node.sequence(Array(nodes.dropFirst())).matches($0, rest) }
      case .either(let nodes): return nodes.contains { $0.matches(text, rest) }
      case .repeated(let node, let minimum, let maximum):
        if minimum == 0, rest(text) { return true }
        if maximum == 0 { return false }
        let next = Node.repeated(node, minimum: max(minimum - 1, 0), maximum: maximum.map { $0 - 1 })
        return node.matches(text) { left in
          // A round without text only helps towards the minimum.
          if left.count == text.count, minimum == 0 { return false }
          return next.matches(left, rest)
        }
      }
    }

    static func random(
      _ scalars: [Unicode.Scalar], depth: Int, _ generator: inout SeededGenerator
    ) -> Node {
      func part() -> Node { random(scalars, depth: depth - 1, &generator) }
      let one = scalars.randomElement(using: &generator) ?? "a"
      switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &generator) {
      case 0...2: return .one(one)
      case 3: return .any
      case 4:
        let some = scalars.shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator))
        return .oneOf(Array(some), isInverted: Bool.random(using: &generator))
      case 5, 6: return .sequence((0..<Int.random(in: 0...3, using: &generator)).map { _ in part() })
      case 7: return .either((0..<Int.random(in: 1...3, using: &generator)).map { _ in part() })
      default:
        let minimum = Int.random(in: 0...2, using: &generator)
        let more = Int.random(in: 0...3, using: &generator)
        return .repeated(part(), minimum: minimum, maximum: more == 3 ? nil : minimum + more)
      }
    }
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func acceptsWhatBacktrackingAccepts(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let scalars = Array(alphabet.shuffled(using: &generator).prefix(3))
    let node = Node.random(scalars, depth: 3, &generator)
    let comment: Comment = "seed \(seed), \(node.pattern)"
    let automaton = try RegularExpressionAutomaton(node.pattern)
    compare(automaton, sorted(texts(of: scalars, upTo: 4)), comment) { node.matches($0[...]) { $0.isEmpty } }
    if case .either = node { return }
    let anchored = try RegularExpressionAutomaton("^" + node.pattern + "$")
    #expect(anchored.prefix == automaton.prefix, comment)
  }

  @Test(arguments: [
    (#"\d{4}"#, ["2024", "٢٠٢٤"], ["202", "20245", "abcd"]),
    (#"\w+"#, ["中文", "read_file", "naïve", "𠀀"], ["", "a b", "a-b", "。"]),
    (#"\s\S"#, [" a", "\u{3000}中"], ["a ", "  "]),
    (#"[\d\-x]+"#, ["1-x", "-"], ["y", ""]),
    (#"[^\w]"#, ["-", "。"], ["a", "中", "_"]),
    (#"[]a-]+"#, ["]a-"], ["b"]),
    (#"[\]\\]"#, ["]", "\\"], ["a"]),
    (#"[a-]"#, ["a", "-"], ["b"]),
    (#"[一-龥]+"#, ["香港科學園"], ["香港a", "ひらがな"]),
    (#"[\u4e00-\u{9fff}]{2}"#, ["中文"], ["中", "ab"]),
    (#"\x41\u0042\u{1F600}\t"#, ["AB😀\t"], ["AB"]),
    (#"a\.b\/c\$"#, ["a.b/c$"], ["axb/c$"]),
    (#"^abc$"#, ["abc"], ["^abc$", "abcd"]),
    (#"a\\$"#, ["a\\"], ["a\\$"]),
    (#"(?:ab|cd)?e"#, ["e", "abe", "cde"], ["abcde"]),
    (#"colou?r"#, ["color", "colour"], ["colouur"]),
    ("", [""], ["a"]),
    ("()*a|", ["a", ""], ["aa"]),
    ("a{0}b", ["b"], ["ab"]),
    ("}]", ["}]"], ["}"]),
    ("..", ["\u{10FFFF}\u{0}", "中\n"], ["中"]),
  ])
  func followsTheSyntax(pattern: String, accepted: [String], rejected: [String]) throws {
    let automaton = try RegularExpressionAutomaton(pattern)
    for text in accepted { #expect(automaton.accepts(Array(text.utf8)), "/\(pattern)/ \(text)") }
    for text in rejected { #expect(!automaton.accepts(Array(text.utf8)), "/\(pattern)/ \(text)") }
  }

  @Test(arguments: [
    ("(a", 0), ("a)", 1), ("((a)", 0), ("[a", 0), ("x[", 1), ("[]", 0), ("[^]", 0), ("*a", 0), ("a|+", 2), ("(?)", 0),
    ("a**", 2), ("a+?", 2), ("a{2}{3}", 4), ("a{", 2), ("a{2", 3), ("a{,3}", 2), ("a{3,2}", 1), ("a{1001}", 2),
    ("a{99999999999999999999999}", 2), ("{2}", 0), ("a\\", 1), ("\\q", 0), ("\\1", 0), ("中\\xZZ", 1),
    ("\\u{110000}", 0),
    ("\\ud800", 0), ("\\u{}", 0), ("[z-a]", 1), ("[a-\\d]", 1), ("[\\d-z]", 1), ("(?i:a)", 0), ("a^b", 1), ("a$b", 1),
    ("(^a)", 1), ("(a$)", 2),
  ])
  func refusesMalformedPatterns(pattern: String, position: Int) {
    let error = #expect(throws: RegularExpressionError.self, "/\(pattern)/") {
      try RegularExpressionAutomaton(pattern)
    }
    #expect(error?.position == position, "/\(pattern)/: \(error?.description ?? "accepted")")
  }

  @Test func refusesPatternsBeyondTheLimits() throws {
    let limit = RegularExpressionAutomaton.patternLengthLimit
    _ = try RegularExpressionAutomaton(String(repeating: "中", count: limit))
    let tooLong = #expect(throws: RegularExpressionError.self) {
      try RegularExpressionAutomaton(String(repeating: "a", count: 10_000))
    }
    #expect(tooLong?.position == limit)

    let depth = RegularExpressionAutomaton.nestingLimit
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(try RegularExpressionAutomaton(nested(depth)).accepts([0x61]))
    #expect(throws: RegularExpressionError.self) { try RegularExpressionAutomaton(nested(depth + 1)) }
    #expect(throws: RegularExpressionError.self) {
      try RegularExpressionAutomaton(String(repeating: "(", count: limit))
    }

    for pattern in ["(a{1000}){1000}", "((((a|b){1000}){1000}){1000}){1000}", "((a?){1000}b){0,1000}"] {
      #expect(throws: RegularExpressionError.self) { try RegularExpressionAutomaton(pattern) }
    }
    // Nothing, however often, is nothing.
    #expect(try RegularExpressionAutomaton("((((){1000}){1000}){1000}){1000}").accepts([]))
    #expect(try RegularExpressionAutomaton("(((a{0}){1000}){1000}){1000}").accepts([]))
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "(a+)+$", "(a*)*b", "(a|aa)+b", "(a|a)*b", "(.*)*b", "(a?){50}a{50}b", "(a|b)*a(a|b){200}c",
      "(.{0,50}){0,50}b",
    ])
  func isLinearOnPatternsThatExplodeOthers(pattern: String) throws {
    let automaton = try RegularExpressionAutomaton(pattern)
    #expect(!automaton.accepts([UInt8](repeating: 0x61, count: 1_000) + [0x21]))
    var generator = SeededGenerator(seed: 1)
    var text = (0..<1_000).map { _ in UInt8.random(in: 0x61...0x62, using: &generator) }
    text.append(0x21)
    #expect(!automaton.accepts(text))
  }

  @Test(arguments: 0..<2_000 as Range<UInt64>)
  func survivesAnyPattern(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scalars = Array("ab中()[]{}|*+?.^$\\-,:019dwxu".unicodeScalars)
    let pattern = string(
      (0..<Int.random(in: 0...20, using: &generator)).map { _ in scalars.randomElement(using: &generator) ?? "a" })
    do throws(RegularExpressionError) {
      _ = try RegularExpressionAutomaton(pattern).accepts(Array("ab中".utf8))
    } catch {
      #expect((0...pattern.unicodeScalars.count).contains(error.position), "seed \(seed), /\(pattern)/ \(error)")
    }
  }

  @Test func knowsWhatMatchesBeginWith() throws {
    for (pattern, prefix) in [
      ("香港(科學園|科技)", "香港科"), ("(abc|abd).*", "ab"), ("a+b", "a"), ("(ab){2,3}", "abab"), ("a*", ""), ("", ""),
      ("[a]b", "ab"), ("abc", "abc"),
    ] {
      #expect(try RegularExpressionAutomaton(pattern).prefix == Array(prefix.utf8), "/\(pattern)/")
    }
  }
}

@Suite struct TermSelectionTests {
  /// A dictionary of many blocks, so that walks seek.
  @Test func theIndexFindsTheTermsThatAutomataAccept() throws {
    let seed: UInt64 = 7
    var generator = SeededGenerator(seed: seed)
    let scalars: [Unicode.Scalar] = ["a", "b", "c", "中", "文", "字"]
    let documents = (0..<400).map { number in
      let occurrences = (0..<25).map { position in
        let text = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
          scalars.randomElement(using: &generator) ?? "a"
        }
        return NaiveIndex.Occurrence(Term(field: 1, string(text)), at: UInt32(position))
      }
      return NaiveIndex.Document(id: "d\(number)", occurrences: occurrences, lengths: [1: occurrences.count])
    }
    let naive = NaiveIndex(documents)
    let directory = MemoryDirectory()
    let schema = Schema(fields: [FieldSchema(name: "text", spacesWithPositions: 0b001)])
    try naive.write(to: directory, schema: schema, segments: [300, 100])
    let searcher = Searcher(try IndexReader.open(directory))
    let automata: [any TermAutomaton] = [
      FuzzyAutomaton("abcab", maximumEdits: 1), FuzzyAutomaton("中文字中", maximumEdits: 2),
      FuzzyAutomaton("cab中文字", maximumEdits: 2, prefixLength: 2), FuzzyAutomaton("文", maximumEdits: 0),
      WildcardAutomaton([.anyString, .literal("abc")]), WildcardAutomaton([.literal("中"), .anyString, .literal("字")]),
      WildcardAutomaton([.anyCharacter, .literal("b文"), .anyCharacter]), WildcardAutomaton([.anyString]),
      WildcardAutomaton([]), try RegularExpressionAutomaton("(a|文){3,}b?"),
      try RegularExpressionAutomaton(#"[一-龥]{5}"#), try RegularExpressionAutomaton("[^a中]c.{2}[bc]"),
      try RegularExpressionAutomaton("字(字|c)*"), try RegularExpressionAutomaton("x.*"),
    ]
    for automaton in automata {
      let query = Query.selection(TermSelection(field: 1, space: 0, pattern: .automaton(automaton)))
      let found = try searcher.search(query, SearchOptions(limit: 1_000, countsTotal: true))
      #expect(found.total == naive.search(query).count, "seed \(seed), \(automaton.description)")
    }
  }

  @Test func selectionsOfTextsThatOnlyLookAlikeDiffer() {
    let composed = TermSelection.Pattern.automaton(FuzzyAutomaton("\u{E9}", maximumEdits: 1))
    let decomposed = TermSelection.Pattern.automaton(FuzzyAutomaton("e\u{301}", maximumEdits: 1))
    #expect(composed != decomposed)
    #expect(composed == .automaton(FuzzyAutomaton("\u{E9}", maximumEdits: 1)))
    #expect(composed != .automaton(FuzzyAutomaton("\u{E9}", maximumEdits: 2)))
  }
}

@Suite struct ScalarMatcherTests {
  /// A table that holds a few states is emptied in the middle of terms; what was matched before must not be taken for
  /// known.
  @Test(arguments: [1, 16, 40, 120])
  func aTableThatIsEmptiedChangesNothing(limit: Int) throws {
    let patterns = ["(a|b)*a(a|b){3}c?", "(a|é)*(b.?|éa){2}", "[^a]*a.[ab]+"]
    let scalars: [Unicode.Scalar] = ["a", "b", "é"]
    let terms = sorted(texts(of: scalars, upTo: 6)).map(utf8)
    for pattern in patterns {
      let automaton = try RegularExpressionAutomaton(pattern)
      let small = SmallTable(automaton: automaton, limit: limit)
      #expect(walk(small, terms).accepted == walk(automaton, terms).accepted, "/\(pattern)/, limit \(limit)")
      let backwards = Array(terms.reversed())
      var matcher = small.makeMatcher()
      var unused: [UInt8] = []
      let accepted = backwards.filter { matcher.match($0, nextCandidate: &unused) == .accepted }
      #expect(accepted == backwards.filter(automaton.accepts), "/\(pattern)/, limit \(limit)")
    }
  }

  /// The same automaton with a small table.
  private struct SmallTable: TermAutomaton {
    let automaton: RegularExpressionAutomaton
    let limit: Int

    var prefix: [UInt8] { automaton.prefix }
    var description: String { automaton.description }

    func makeMatcher() -> any TermMatcher { ScalarMatcher(automaton.automaton, tableLimit: limit) }
  }
}
