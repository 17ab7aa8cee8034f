// A first threshold from the most promising blocks of a term.

internal import Storage

/// Scores a few blocks before all others, so that the evaluation proper, which goes through the documents in order, can
/// leave out from its beginning what cannot come in. It scores them again: nothing is collected here.
enum ThresholdPriming {
  /// Lists with fewer blocks are as soon scored in order.
  private static let smallestList = 4
  /// Blocks that are scored for the best ten; more for more.
  private static let fewestBlocks = 4
  /// Groups that blocks are taken from, where there are groups.
  private static let groups = 3

  /// Primes the collector with a score that as many documents as it keeps are known to have by this term alone. Every
  /// document of the term is a match, none is deleted.
  static func prime(
    _ collector: inout TopDocumentsCollector, with scored: inout ScoredCursor, _ scratch: EvaluationScratch
  ) {
    let wanted = collector.capacity
    let blockCount = scored.cursor.blockCount
    // The copy that walks ahead shares the buffers of the cursor, which must not stand in a block yet.
    guard scored.cursor.currentBlock < 0, wanted > 0, blockCount >= smallestList,
      scored.cursor.documentFrequency >= 2 * wanted
    else { return }
    // Scoring costs little beside what is left out, but not where most blocks would be scored anyway.
    let chosen = max(fewestBlocks, wanted / 24)
    guard chosen * 4 <= blockCount else { return }
    var blocks = promisingBlocks(scored, blockCount, wanted: chosen)
    if blocks.count > chosen {
      blocks.sort { $0.bound > $1.bound }
      blocks.removeSubrange(chosen...)
    }
    blocks.sort { $0.block < $1.block }
    var best = TopDocumentsCollector(capacity: wanted)
    var cursor = scored.cursor
    for (block, _) in blocks {
      guard cursor.enter(block) != .end else { return }
      let length = cursor.blockLength
      unsafe scored.scoring.score(cursor.blockDocuments, cursor.blockFrequencies(), count: length, into: scratch.scores)
      for place in 0..<length {
        unsafe best.collect(
          DocAddress(segment: 0, document: cursor.blockDocuments[place]), score: scratch.scores[place])
      }
    }
    if best.isFull { collector.prime(atLeast: best.threshold) }
  }

  private static func promisingBlocks(_ scored: ScoredCursor, _ blockCount: Int, wanted: Int) -> [(
    block: Int, bound: Double
  )] {
    var ranges = [0..<blockCount]
    if scored.cursor.groupCount > groups {
      let bounds = (0..<scored.cursor.groupCount).map { (group: $0, bound: scored.bound(ofGroup: $0)) }
      let needed = max(groups, (wanted + PostingsLayout.blocksOfGroup - 1) / PostingsLayout.blocksOfGroup)
      ranges = bounds.sorted { $0.bound > $1.bound }.prefix(needed).map {
        let first = $0.group * PostingsLayout.blocksOfGroup
        return first..<min(blockCount, first + PostingsLayout.blocksOfGroup)
      }
    }
    var blocks: [(block: Int, bound: Double)] = []
    for range in ranges {
      for block in range {
        if let impact = scored.cursor.impact(ofBlock: block) {
          blocks.append((block, Double(scored.scoring.bound(impact))))
        }
      }
    }
    return blocks
  }
}
