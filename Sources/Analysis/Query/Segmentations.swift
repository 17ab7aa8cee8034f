// Other ways to cut a run into words.

/// Finds segmentations of a run that cut across the dictionary's best one: 研究生|命|科学 beside 研究|生命|科学.
///
/// A way that only cuts a word of the best one into smaller ones is none: its words may stand anywhere in a document
/// that says something else.
struct Segmentations {
  private static let maximumCharacters = 64
  private static let kept = 8
  private static let maximumAlternatives = 4

  let analyzer: Analyzer
  let characters: [QueryTerm]
  let words: [QueryTerm]

  private struct Path {
    var ends: [Int]
    var singles: Int
  }

  /// The alternatives, best first, as ranges of characters.
  func alternatives() -> [[Range<Int>]] {
    let count = characters.count
    guard count > 2, count <= Segmentations.maximumCharacters, let segmenter = analyzer.resources.segmenter else {
      return []
    }
    var paths = [[Path]](repeating: [], count: count + 1)
    paths[0] = [Path(ends: [], singles: 0)]
    for start in 0..<count {
      let best = paths[start].sorted { ($0.ends.count, $0.singles) < ($1.ends.count, $1.singles) }
        .prefix(Segmentations.kept)
      var lengths = Set(wordLengths(at: start, segmenter: segmenter))
      lengths.insert(1)
      for path in best {
        for length in lengths.sorted() {
          paths[start + length].append(
            Path(ends: path.ends + [start + length], singles: path.singles + (length == 1 ? 1 : 0)))
        }
      }
    }
    let first = characters[0].position
    let primary = words.map { Int($0.position - first) + Int($0.positionLength) }
    let singles = words.filter { $0.positionLength == 1 }.count
    let found = paths[count].filter { path in
      path.ends.count <= primary.count + 1 && path.singles <= singles + 1 && crosses(path.ends, primary)
    }
    let ordered = found.sorted { ($0.ends.count, $0.singles, $0.ends[0]) < ($1.ends.count, $1.singles, $1.ends[0]) }
    return ordered.prefix(Segmentations.maximumAlternatives).map { path in
      zip([0] + path.ends, path.ends).map { $0..<$1 }
    }
  }

  /// The lengths, in characters, of dictionary words that begin at a character.
  private func wordLengths(at start: Int, segmenter: HanSegmenter) -> [Int] {
    var units: [UInt16] = []
    var ends: [Int: Int] = [:]
    for index in start..<min(start + HanRun.maximumWord, characters.count) {
      units += Array(characters[index].text.utf16)
      ends[units.count] = index + 1 - start
    }
    return segmenter.words(units, count: units.count, userWords: analyzer.resources.userWords).compactMap { ends[$0] }
  }

  /// Whether a segmentation differs from the best one, and nowhere only by cutting one of its words.
  private func crosses(_ ends: [Int], _ primary: [Int]) -> Bool {
    guard ends != primary else { return false }
    let boundaries = Set([0] + ends)
    var start = 0
    for end in primary {
      if boundaries.contains(start), boundaries.contains(end),
        end - start > 1, ((start + 1)..<end).contains(where: boundaries.contains)
      {
        return false
      }
      start = end
    }
    return true
  }
}
