// All of several scorers.

internal import Storage

/// Matches where all of its parts match: the one with the fewest documents leads, the others are asked whether
/// they are there too. `matches()` of the parts is left to the end, so positions are only read where every part
/// has a candidate.
final class ConjunctionScorer: Scorer {
  private let parts: [Scorer]
  private let scoring: [Scorer]

  /// `parts`, at least one, all match; of them only `scoring` add to the score.
  init(_ parts: [Scorer], scoring: [Scorer]) {
    precondition(!parts.isEmpty)
    self.parts = parts.sorted { $0.cost < $1.cost }
    self.scoring = scoring
    super.init()
    document = align(self.parts[0].document)
  }

  override var cost: Int { parts[0].cost }

  override func next() -> DocID {
    document = align(parts[0].next())
    return document
  }
  override func advance(to target: DocID) -> DocID {
    if document < target { document = align(parts[0].advance(to: target)) }
    return document
  }

  private func align(_ start: DocID) -> DocID {
    var candidate = start
    var place = 1
    while candidate != .end, place < parts.count {
      let found = parts[place].advance(to: candidate)
      if found == candidate {
        place += 1
      } else {
        candidate = found == .end ? .end : parts[0].advance(to: found)
        place = 1
      }
    }
    return candidate
  }

  override func matches() -> Bool { parts.allSatisfy { $0.matches() } }
  override func score() -> Double { scoring.reduce(0) { $0 + $1.score() } }
}

/// Matches where `required` matches and `excluded` does not.
final class ExclusionScorer: Scorer {
  private let required: Scorer
  private let excluded: Scorer

  init(_ required: Scorer, excluding excluded: Scorer) {
    self.required = required
    self.excluded = excluded
    super.init()
    document = required.document
  }

  override var cost: Int { required.cost }
  override func next() -> DocID {
    document = required.next()
    return document
  }
  override func advance(to target: DocID) -> DocID {
    document = required.advance(to: target)
    return document
  }
  override func matches() -> Bool {
    if excluded.advance(to: document) == document, excluded.matches() { return false }
    return required.matches()
  }
  override func score() -> Double { required.score() }
}

/// Matches where `required` matches; `optional` adds to the score where it matches too.
final class OptionalScorer: Scorer {
  private let required: Scorer
  private let optional: Scorer

  init(_ required: Scorer, optional: Scorer) {
    self.required = required
    self.optional = optional
    super.init()
    document = required.document
  }

  override var cost: Int { required.cost }
  override func next() -> DocID {
    document = required.next()
    return document
  }
  override func advance(to target: DocID) -> DocID {
    document = required.advance(to: target)
    return document
  }
  override func matches() -> Bool { required.matches() }
  override func score() -> Double {
    var sum = required.score()
    if optional.advance(to: document) == document, optional.matches() { sum += optional.score() }
    return sum
  }
}
