// What `loquat analyze --query` prints.

import Loquat

/// An analysed query for people and as JSON. Terms are written TERM@POSITION.
struct AnalyzedQueryOutput: Encodable {
  struct Segment: Encodable {
    /// word, mixed or run.
    let type: String
    let text: String
    let start, end: Int
    let isStopWord: Bool
    /// What is looked up: the stem of a word, or the whole of a mixed token.
    let term: String?
    /// The parts of a mixed token, or the bigrams of a run, that stand for it at their positions.
    let phrase: [String]
    /// Groups of a mixed token with a long run, each a phrase.
    let groups: [[String]]
    /// The ways to cut a run, each with its pieces: a word, or bigrams of what no dictionary holds.
    let segmentations: [[String]]
    let bigrams, characters: [String]
  }

  struct Expansion: Encodable {
    /// The segments that are the name, from 0.
    let first, last: Int
    let alternatives: [[String]]
  }

  let segments: [Segment]
  let phrase: [String]
  let expansions: [Expansion]

  init(_ query: AnalyzedQuery, _ text: String) {
    let bytes = Array(text.utf8)
    segments = query.segments.map { Self.segment($0, String(decoding: bytes[$0.range], as: UTF8.self)) }
    phrase = Self.terms(query.phrase)
    expansions = query.expansions.map { expansion in
      Expansion(
        first: expansion.segments.lowerBound, last: expansion.segments.upperBound - 1,
        alternatives: expansion.alternatives.map { Self.terms($0.phrase) })
    }
  }

  private static func segment(_ segment: QuerySegment, _ text: String) -> Segment {
    var term: String?
    var groups: [[String]] = []
    var run: HanUnit?
    let type: String
    switch segment {
    case .word(let unit):
      type = "word"
      term = unit.stem.text
    case .mixed(let unit):
      type = "mixed"
      term = unit.whole?.stem.text
      if unit.groups.count > 1 { groups = unit.groups.map(terms) }
    case .han(let unit):
      type = "run"
      run = unit
    }
    return Segment(
      type: type, text: text, start: segment.range.lowerBound, end: segment.range.upperBound,
      isStopWord: segment.isStopWord, term: term, phrase: terms(segment.phrase), groups: groups,
      segmentations: (run?.segmentations ?? []).map { $0.map(piece) }, bigrams: terms(run?.bigrams ?? []),
      characters: terms(run?.characters ?? []))
  }

  private static func terms(_ terms: [QueryTerm]) -> [String] { terms.map { "\($0.text)@\($0.position)" } }

  private static func piece(_ piece: HanPiece) -> String {
    let own = terms(piece.terms).joined(separator: "+")
    let names = piece.alternatives.map { "=" + terms($0.phrase).joined(separator: "+") }
    return own + names.joined() + (piece.isStopWord ? " (stop word)" : "")
  }

  /// For people: a block of lines for each segment.
  var lines: [String] {
    var lines: [String] = []
    for segment in segments {
      lines.append("\(segment.type)\t\(segment.text)\t\(segment.start)..<\(segment.end)")
      if let term = segment.term { lines.append("  term\t\(term)\(segment.isStopWord ? " (stop word)" : "")") }
      for cut in segment.segmentations { lines.append("  words\t\(cut.joined(separator: " | "))") }
      for group in segment.groups { lines.append("  group\t\(group.joined(separator: " "))") }
      if segment.type != "word" { lines.append("  phrase\t\(segment.phrase.joined(separator: " "))") }
      if !segment.bigrams.isEmpty { lines.append("  bigrams\t\(segment.bigrams.joined(separator: " "))") }
      if !segment.characters.isEmpty { lines.append("  characters\t\(segment.characters.joined(separator: " "))") }
    }
    for expansion in expansions {
      let name = segments[expansion.first...expansion.last].map(\.text).joined(separator: " ")
      let alternatives = expansion.alternatives.map { $0.joined(separator: " ") }
      lines.append("synonyms\t\(name)\t\(alternatives.joined(separator: " | "))")
    }
    return lines
  }
}
