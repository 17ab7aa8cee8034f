// Terms at given distances, document by document.

internal import Storage

/// Matches documents in which the terms of a phrase stand at their places: first documents that have all of the
/// terms, then, when asked, their positions, those of the rarest term first.
final class PhraseScorer: Scorer {
  private var cursors: [PostingsCursor]
  private let matcher: PhraseMatcher
  private let scoring: TermScoring
  private var frequency: Float = 0

  /// `slots` are not empty; `scoring` has the sum of the terms' weights.
  init(
    _ slots: [(postings: PostingsCursor, positions: PositionsCursor, place: PhrasePlace)], slop: UInt32,
    scoring: TermScoring
  ) {
    precondition(!slots.isEmpty)
    let slots = slots.sorted { $0.postings.documentFrequency < $1.postings.documentFrequency }
    cursors = slots.map(\.postings)
    matcher = PhraseMatcher(slots.map { ($0.positions, $0.place) }, slop: slop)
    self.scoring = scoring
    super.init()
    for slot in cursors.indices { cursors[slot].next() }
    document = align(cursors[0].document)
  }

  override var cost: Int { cursors[0].documentFrequency }

  override func next() -> DocID {
    document = align(cursors[0].next())
    return document
  }

  override func advance(to target: DocID) -> DocID {
    if document < target { document = align(advance(0, to: target)) }
    return document
  }

  private func advance(_ slot: Int, to target: DocID) -> DocID {
    let current = cursors[slot].document
    return current < target ? cursors[slot].advance(to: target) : current
  }

  private func align(_ start: DocID) -> DocID {
    var candidate = start
    var slot = 1
    while candidate != .end, slot < cursors.count {
      let found = advance(slot, to: candidate)
      if found == candidate {
        slot += 1
      } else {
        candidate = found == .end ? .end : advance(0, to: found)
        slot = 1
      }
    }
    return candidate
  }

  override func matches() -> Bool {
    frequency = matcher.frequency { slot, positions, list in
      let (block, place) = (cursors[slot].currentBlock, cursors[slot].place)
      positions.read(&cursors[slot], block: block, place: place, into: &list)
    }
    return frequency > 0
  }

  override func score() -> Double { Double(scoring.score(frequency: frequency, document: document)) }
}
