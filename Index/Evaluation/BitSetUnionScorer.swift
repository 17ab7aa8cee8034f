// A disjunction of sets of documents.

internal import Storage

/// Matches the documents of any of several bit sets, with the number of sets they are in as score. Many dense sets one
/// after another in a heap would cost a step for each document of each.
final class BitSetUnionScorer: Scorer {
  private let union: BitSetScorer
  private let sets: [BitSetScorer]

  /// The sets are those of one segment; at least one.
  init(_ sets: [BitSetScorer]) {
    var words = [UInt64](repeating: 0, count: sets.reduce(0) { max($0, $1.words.count) })
    for set in sets {
      for (place, word) in set.words.enumerated() { words[place] |= word }
    }
    union = BitSetScorer(words: words)
    self.sets = sets
    super.init()
    document = union.document
  }

  override var cost: Int { union.cost }
  override func next() -> DocID {
    document = union.next()
    return document
  }
  override func advance(to target: DocID) -> DocID {
    document = union.advance(to: target)
    return document
  }
  override func score() -> Double {
    Double(sets.count { $0.words[Int(document >> 6)] & 1 << UInt64(document & 63) != 0 })
  }
}
