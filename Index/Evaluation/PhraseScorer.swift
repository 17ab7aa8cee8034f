// Terms at given distances.

internal import Storage

/// Matches documents in which the terms of a phrase stand at their places: first documents that have all of the
/// terms, then, when asked, their positions, those of the rarest term first.
final class PhraseScorer: Scorer {
  /// One term of the phrase.
  struct Part {
    var postings: PostingsCursor
    var positions: PositionsCursor
    let offset: UInt32
    /// The positions in the current document, once read.
    var found: [UInt32] = []

    init(postings: PostingsCursor, positions: PositionsCursor, offset: UInt32) {
      self.postings = postings
      self.positions = positions
      self.offset = offset
    }

    mutating func readPositions() {
      let first = postings.occurrencesBefore()
      positions.read(first: first, count: Int(postings.frequency), into: &found)
    }
  }

  private var parts: [Part]
  private let slop: UInt32
  private let scoring: TermScoring
  private var frequency: Float = 0

  /// `parts` are not empty; `scoring` has the sum of the terms' weights.
  init(_ parts: [Part], slop: UInt32, scoring: TermScoring) {
    precondition(!parts.isEmpty)
    self.parts = parts.sorted { $0.postings.documentFrequency < $1.postings.documentFrequency }
    self.slop = slop
    self.scoring = scoring
    super.init()
    for place in self.parts.indices { self.parts[place].postings.next() }
    document = align(self.parts[0].postings.document)
  }

  override var cost: Int { parts[0].postings.documentFrequency }

  override func next() -> DocID {
    document = align(parts[0].postings.next())
    return document
  }

  override func advance(to target: DocID) -> DocID {
    if document < target { document = align(advance(0, to: target)) }
    return document
  }

  private func advance(_ place: Int, to target: DocID) -> DocID {
    let current = parts[place].postings.document
    return current < target ? parts[place].postings.advance(to: target) : current
  }

  private func align(_ start: DocID) -> DocID {
    var candidate = start
    var place = 1
    while candidate != .end, place < parts.count {
      let found = advance(place, to: candidate)
      if found == candidate {
        place += 1
      } else {
        candidate = found == .end ? .end : advance(0, to: found)
        place = 1
      }
    }
    return candidate
  }

  override func matches() -> Bool {
    frequency = slop == 0 ? exactFrequency() : sloppyFrequency()
    return frequency > 0
  }

  override func score() -> Double {
    let norm = unsafe scoring.norms.map { unsafe $0[Int(document)] } ?? 0
    let factor = unsafe scoring.factors[Int(norm)]
    return Double(scoring.weight * (frequency / (frequency + factor)))
  }

  /// How many starts of the phrase there are: starts that the first term allows, kept where each further one does.
  private func exactFrequency() -> Float {
    parts[0].readPositions()
    let offset = parts[0].offset
    var starts = parts[0].found.compactMap { $0 >= offset ? $0 - offset : nil }
    for place in 1..<max(1, parts.count) {
      if starts.isEmpty { return 0 }
      parts[place].readPositions()
      let found = parts[place].found
      let offset = parts[place].offset
      var at = 0
      starts.removeAll { start in
        let wanted = start + offset
        while at < found.count, found[at] < wanted { at += 1 }
        return at == found.count || found[at] != wanted
      }
    }
    return Float(starts.count)
  }

  /// The sum of 1 / (1 + width) over the windows in which all terms stand, each moved from its place by no more
  /// than the slop in all: the width is the distance between the most and the least moved one.
  private func sloppyFrequency() -> Float {
    // Positions less the term's offset, shifted so that they cannot be negative.
    let shift = Int(parts.map(\.offset).max() ?? 0)
    var starts: [[Int]] = []
    for place in parts.indices {
      parts[place].readPositions()
      let offset = Int(parts[place].offset)
      starts.append(parts[place].found.map { Int($0) - offset + shift })
      if parts[place].found.isEmpty { return 0 }
    }
    var at = [Int](repeating: 0, count: starts.count)
    var sum: Float = 0
    while true {
      var low = 0
      var high = starts[0][at[0]]
      for place in starts.indices {
        let start = starts[place][at[place]]
        if start < starts[low][at[low]] { low = place }
        high = max(high, start)
      }
      let width = high - starts[low][at[low]]
      if width <= Int(slop), isDistinct(at, starts, shift) { sum += 1 / Float(1 + width) }
      at[low] += 1
      if at[low] == starts[low].count { return sum }
    }
  }

  /// Whether no two terms of the phrase take the same position, as two slots with one term would.
  private func isDistinct(_ at: [Int], _ starts: [[Int]], _ shift: Int) -> Bool {
    guard starts.count > 1 else { return true }
    var taken = Set<Int>()
    for place in starts.indices where !taken.insert(starts[place][at[place]] + Int(parts[place].offset)).inserted {
      return false
    }
    return true
  }
}
