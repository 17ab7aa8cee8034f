// Chooses the part of a text that shows most of what was looked for.

/// Slides a window of limited width over the hits of a text.
struct PassageChooser {
  /// The best window.
  struct Choice {
    /// From its first hit to its last.
    var core: Range<Int>
    /// Whether every target is in it.
    var isComplete: Bool
    /// The sum of the weights of its targets.
    var weight: Int
    /// The same with some more for repetitions, by which windows are compared.
    var score: Int
  }

  private struct Entry {
    var hit: Hit
    var start: Int
    var end: Int
  }

  // A target counts this many times its weight, and once more for each of a few repetitions.
  private static let firstShare = 16
  private static let maximumRepetitions = 3

  private let weights: [Int]
  private let width: Int
  private var entries: [Entry] = []
  private var left = 0
  /// Indexes of entries whose ends no later entry of the window reaches; the first is the end of the window.
  private var ends: [Int] = []
  private var firstEnd = 0
  private var counts: [Int]
  private var distinct = 0
  private var weight = 0
  private var score = 0

  private init(weights: [Int], width: Int) {
    self.weights = weights
    self.width = width
    counts = Array(repeating: 0, count: weights.count)
  }

  /// The best window of at most `width`, in units of `TextWidth`; a smaller one if it shows as many targets, so that
  /// there is room for the words around it. Nil if there is no hit.
  static func choose(_ hits: [Hit], weights: [Int], width: Int, in text: Span<UInt8>) -> Choice? {
    guard let widest = best(hits, weights: weights, width: width, in: text) else { return nil }
    let smaller = best(hits, weights: weights, width: width - width / 4, in: text)
    return smaller.flatMap { $0.weight >= widest.weight ? $0 : nil } ?? widest
  }

  /// The window of at most `width` with the greatest sum of weights of different targets, to which repetitions add a
  /// little; the first of equals. Hits are in the order of the text. A hit wider than that has a window of its own.
  /// Linear in the length of the text.
  static func best(_ hits: [Hit], weights: [Int], width: Int, in text: Span<UInt8>) -> Choice? {
    var chooser = PassageChooser(weights: weights, width: width)
    return chooser.run(hits, in: text)
  }

  private mutating func run(_ hits: [Hit], in text: Span<UInt8>) -> Choice? {
    var best: Choice?
    var offset = 0
    var column = 0
    for hit in hits where hit.target >= 0 && hit.start < hit.end {
      column += Self.measure(offset..<max(offset, Int(hit.start)), in: text, limit: width)
      offset = max(offset, Int(hit.start))
      let length = min(width, Self.measure(hit.range, in: text, limit: width))
      push(Entry(hit: hit, start: column, end: column + length))
      if score > best?.score ?? 0 {
        let last = entries[ends[firstEnd]].hit.range.upperBound
        best = Choice(
          core: entries[left].hit.range.lowerBound..<last, isComplete: distinct == weights.count, weight: weight,
          score: score)
      }
    }
    return best
  }

  /// The width of a part of the text; any greater width for one beyond the limit.
  private static func measure(_ range: Range<Int>, in text: Span<UInt8>, limit: Int) -> Int {
    var offset = range.lowerBound
    var width = 0
    var followsSpace = false
    while offset < range.upperBound, width <= limit {
      let (scalar, length) = TextScalars.decode(text, at: offset)
      width += TextWidth.width(scalar, followsSpace: followsSpace)
      followsSpace = scalar.properties.isWhitespace
      offset += length
    }
    return width
  }

  private mutating func push(_ entry: Entry) {
    while ends.count > firstEnd, let last = ends.last, entries[last].end <= entry.end { ends.removeLast() }
    ends.append(entries.count)
    entries.append(entry)
    let target = Int(entry.hit.target)
    counts[target] += 1
    if counts[target] == 1 {
      distinct += 1
      weight += weights[target]
    }
    score += share(target, of: counts[target])
    while entries[ends[firstEnd]].end - entries[left].start > width { pop() }
  }

  private mutating func pop() {
    let target = Int(entries[left].hit.target)
    score -= share(target, of: counts[target])
    counts[target] -= 1
    if counts[target] == 0 {
      distinct -= 1
      weight -= weights[target]
    }
    if ends[firstEnd] == left { firstEnd += 1 }
    left += 1
  }

  /// What the `count`th hit of a target adds to the score.
  private func share(_ target: Int, of count: Int) -> Int {
    if count == 1 { return weights[target] * Self.firstShare }
    return count <= 1 + Self.maximumRepetitions ? weights[target] : 0
  }
}
