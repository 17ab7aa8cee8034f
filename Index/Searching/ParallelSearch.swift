// One search on several threads.

internal import Dispatch
internal import Storage
internal import Synchronization

/// Searches pieces of a snapshot, whole segments or ranges of their documents, on several threads, and puts what they find
/// together: the same documents with the same scores as one thread finds.
///
/// Threads take the pieces in order, so that each sees its documents in ascending order, and tell one another the score
/// that a document has to reach. A document of that very score may still come before those that were found, as it may
/// have the lower address: what is told is a threshold just below.
struct ParallelSearch: Sendable {
  /// Documents of a segment.
  private struct Piece {
    let place: Int
    let range: Range<DocID>
  }

  /// What the threads found so far.
  private struct Found {
    var hits: [ScoredDocument] = []
    var total = 0
    var threshold = -Float.infinity
    var error: IndexError?
  }

  private let searcher: Searcher
  private let plan: QueryPlan
  private let pieces: [Piece]
  private let threads: Int

  /// Nil where there is nothing to share. Pieces are multiples of `unit`, which is one of 64.
  init?(_ searcher: Searcher, _ plan: QueryPlan, threads: Int, unit: Int = EvaluationScratch.windowSize) {
    guard threads > 1 else { return nil }
    let segments = searcher.reader.segments
    let documents = segments.reduce(0) { $0 + $1.documentCount }
    // The documents of a pattern are found once for each segment, whatever range of them is wanted.
    let wanted = plan.hasSelection ? Int.max : documents / threads
    let length = wanted / unit >= Int(DocID.max) / unit ? Int(DocID.max) : (wanted / unit + 1) * unit
    var pieces: [Piece] = []
    for place in segments.indices {
      for start in stride(from: 0, to: segments[place].documentCount, by: length) {
        let end = min(segments[place].documentCount - start, length) + start
        pieces.append(Piece(place: place, range: DocID(start)..<DocID(end)))
      }
    }
    guard pieces.count > 1 else { return nil }
    self.searcher = searcher
    self.plan = plan
    self.pieces = pieces
    self.threads = min(threads, pieces.count)
  }

  /// The best `capacity` documents and, with `counts`, how many match.
  func run(capacity: Int, counts: Bool, _ control: SearchControl?) throws(IndexError) -> (
    hits: [ScoredDocument], total: Int
  ) {
    let found = Mutex(Found())
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var collector = TopDocumentsCollector(capacity: capacity)
      var total = 0
      let scratch = searcher.takeScratch()
      defer { searcher.giveBack(scratch) }
      do throws(IndexError) {
        while case let number = next.add(1, ordering: .relaxed).oldValue, number < pieces.count {
          let threshold: Float? = found.withLock { $0.error == nil ? $0.threshold : nil }
          guard let threshold else { break }
          collector.raise(justBelow: threshold)
          let piece = pieces[number]
          total += try SegmentEvaluation(searcher, piece.place, scratch, control, range: piece.range).collect(
            plan, into: &collector, counts: counts)
          if collector.isFull { found.withLock { $0.threshold = max($0.threshold, collector.threshold) } }
        }
        found.withLock {
          $0.hits += collector.sorted()
          $0.total += total
        }
      } catch {
        found.withLock { $0.error = $0.error ?? error }
      }
    }
    let all = found.withLock { $0 }
    if let error = all.error { throw error }
    let best = all.hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.address < $1.address }
    return (Array(best.prefix(capacity)), all.total)
  }
}

extension QueryPlan {
  /// Whether a pattern is part of it.
  fileprivate var hasSelection: Bool {
    switch self {
    case .selection: true
    case .all, .none, .term, .combined, .phrase, .columnRange: false
    case .rescaled(let inner, _, _), .columnBoost(let inner, _): inner.hasSelection
    case .boolean(let must, let should, let mustNot, let filter, _):
      (must + should + mustNot + filter).contains(where: \.hasSelection)
    }
  }
}
