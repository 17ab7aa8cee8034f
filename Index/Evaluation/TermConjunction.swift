// The best documents of a conjunction of terms: leapfrog with block bounds.

internal import Storage

/// Walks the documents of the rarest term and looks each up in the others, from the rarest to the most frequent.
/// Once the collector is full, runs of documents in whose blocks the terms together cannot reach its threshold are
/// stepped over without being decoded.
@safe
struct TermConjunction {
  private let cursors: ScoredCursors
  private let segment: SegmentReader
  private let place: Int

  /// `cursors` are ordered by ascending document frequency, and there is at least one.
  init(_ cursors: ScoredCursors, segment: SegmentReader, place: Int) {
    self.cursors = cursors
    self.segment = segment
    self.place = place
  }

  /// Shows the documents to the collector. Returns the number of matches when `counts`, which makes every match be
  /// visited; scores only where `scores`.
  func collect(into collector: inout TopDocumentsCollector, counts: Bool, scores: Bool) -> Int {
    let all = unsafe cursors.base
    let count = cursors.count
    var total = 0
    var boundEnd: DocID = 0
    var document = unsafe all[0].cursor.next()
    search: while document != .end {
      if !counts, document >= boundEnd, collector.threshold > -.infinity {
        let (end, bound) = bounds(from: document)
        if Float(bound) <= collector.threshold {
          document = unsafe all[0].seek(end)
          continue
        }
        boundEnd = end
      }
      var other = 1
      while other < count {
        let found = unsafe all[other].seek(document)
        if found != document {
          document = found == .end ? .end : unsafe all[0].seek(found)
          continue search
        }
        other += 1
      }
      if segment.isLive(document) {
        total += 1
        if scores {
          var sum = 0.0
          for i in 0..<count {
            sum += unsafe Double(all[i].scoring.score(frequency: all[i].cursor.frequency, document: document))
          }
          collector.collect(DocAddress(segment: place, document: document), score: Float(sum))
        }
      }
      document = unsafe all[0].cursor.next()
    }
    return total
  }

  /// The end of the shortest of the terms' blocks that hold `document`, and the bound of the sum before it.
  private func bounds(from document: DocID) -> (end: DocID, sum: Double) {
    var end = DocID(segment.documentCount)
    var sum = 0.0
    for i in 0..<cursors.count {
      let block = unsafe cursors.base[i].cursor.blockReaching(document, from: cursors.base[i].windowBlock)
      unsafe cursors.base[i].windowBlock = block
      if unsafe block >= cursors.base[i].cursor.blockCount { return (.end, -1) }
      end = unsafe min(end, cursors.base[i].cursor.lastDocument(ofBlock: block) + 1)
      sum += unsafe Double(cursors.base[i].scoring.bound(cursors.base[i].cursor.impact(ofBlock: block)))
    }
    return (end, sum)
  }
}
