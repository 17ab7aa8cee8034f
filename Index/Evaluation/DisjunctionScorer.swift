// Any of several scorers.

internal import Storage

/// Matches where at least `minimum` of its parts match and sums the scores of those that do. The parts are kept in
/// a binary heap by the document they stand on.
final class DisjunctionScorer: Scorer {
  private var heap: [Scorer]
  private let minimum: Int
  private let totalCost: Int
  /// The parts that match the current document, found by `matches()`.
  private var matching: [Scorer] = []

  init(_ parts: [Scorer], minimum: Int = 1) {
    heap = parts
    self.minimum = max(1, minimum)
    totalCost = parts.reduce(0) { $0 + $1.cost }
    super.init()
    for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(place) }
    document = heap.first?.document ?? .end
  }

  override var cost: Int { totalCost }

  override func next() -> DocID { document == .end ? .end : advance(to: document + 1) }

  override func advance(to target: DocID) -> DocID {
    while let top = heap.first, top.document < target {
      top.advance(to: target)
      siftDown(0)
    }
    document = heap.first?.document ?? .end
    return document
  }

  override func matches() -> Bool {
    matching.removeAll(keepingCapacity: true)
    collect(0)
    return matching.count >= minimum
  }

  /// Gathers the matching parts of the subtree under a place; parts on other documents have none below them.
  private func collect(_ place: Int) {
    guard place < heap.count, heap[place].document == document else { return }
    if heap[place].matches() { matching.append(heap[place]) }
    collect(2 * place + 1)
    collect(2 * place + 2)
  }

  override func score() -> Double { matching.reduce(0) { $0 + $1.score() } }

  private func siftDown(_ start: Int) {
    guard start < heap.count else { return }
    let moving = heap[start]
    var place = start
    while true {
      var child = 2 * place + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1].document < heap[child].document { child += 1 }
      if heap[child].document >= moving.document { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = moving
  }
}
