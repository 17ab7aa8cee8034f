// The synonyms of an index, by what queries look like.

/// Groups of words that stand for each other, found by the terms of a query. Immutable once made.
///
/// A name of a group is known by the stems of its words and the characters of its runs, so that it is found in every
/// inflection, case and script form, over several words (heart attack) and within a run (電腦 in 香港電腦).
struct SynonymTable: Sendable {
  private var alternatives: [[UInt8]: [AnalyzedQuery]] = [:]
  /// The most segments that a name has.
  private(set) var longest = 0
  /// The most characters that a name has which is one run.
  private(set) var longestRun = 0

  var isEmpty: Bool { alternatives.isEmpty }

  /// No synonyms.
  init() {}

  /// Analyses `groups` with an analyzer that has no synonyms of its own.
  init(_ groups: [[String]], analyzer: Analyzer) {
    for group in groups {
      let names = group.map { analyzer.analyzeQuery($0, quoted: true) }.filter { !$0.isEmpty }
      let keys = names.map { SynonymTable.key($0.segments[...]) }
      for (place, name) in names.enumerated() {
        longest = max(longest, name.segments.count)
        if name.segments.count == 1, case .han(let unit) = name.segments[0] {
          longestRun = max(longestRun, unit.characters.count)
        }
        for (other, alternative) in names.enumerated() where keys[other] != keys[place] {
          if !(alternatives[keys[place]]?.contains(alternative) ?? false) {
            alternatives[keys[place], default: []].append(alternative)
          }
        }
      }
    }
  }

  /// What stands for these segments.
  func alternatives(of segments: ArraySlice<QuerySegment>) -> [AnalyzedQuery] {
    alternatives[SynonymTable.key(segments)] ?? []
  }

  /// What stands for these characters of a run.
  func alternatives(of characters: ArraySlice<QueryTerm>) -> [AnalyzedQuery] {
    alternatives[SynonymTable.key(characters)] ?? []
  }

  private static func key(_ characters: ArraySlice<QueryTerm>) -> [UInt8] { [1] + characters.flatMap(\.bytes) }

  /// Words begin with 2; runs with 1, but for one that follows another: blanks between Chinese words make no difference.
  private static func key(_ segments: ArraySlice<QuerySegment>) -> [UInt8] {
    var key: [UInt8] = []
    var isAfterRun = false
    for segment in segments {
      switch segment {
      case .word(let unit): key += [2] + unit.stem.bytes
      case .mixed(let unit):
        for term in unit.whole.map({ [$0.stem] }) ?? unit.phrase { key += [2] + term.bytes }
      case .han(let unit): key += (isAfterRun ? [] : [1]) + unit.characters.flatMap(\.bytes)
      }
      if case .han = segment { isAfterRun = true } else { isAfterRun = false }
    }
    return key
  }

  /// The names in a query's segments, the first and longest first; a run that is no name as a whole is left to its unit.
  func expansions(of segments: [QuerySegment]) -> [QueryExpansion] {
    guard !isEmpty else { return [] }
    var expansions: [QueryExpansion] = []
    var start = 0
    while start < segments.count {
      var next = start + 1
      // A name of n segments may have been typed with a blank within each of its runs.
      for end in stride(from: min(segments.count, start + max(longest, longestRun)), to: start, by: -1) {
        let found = alternatives(of: segments[start..<end])
        if found.isEmpty { continue }
        expansions.append(QueryExpansion(segments: start..<end, alternatives: found))
        next = end
        break
      }
      start = next
    }
    return expansions
  }
}
