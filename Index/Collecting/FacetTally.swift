// The values of a facet with the most documents.

/// Keeps the `capacity` values with the most documents of those it is shown, each once and in ascending order.
struct FacetTally {
  private let capacity: Int
  /// A binary heap, the one that comes last on top.
  private var heap: [Entry] = []
  private var shown = 0

  private struct Entry {
    let count: FacetCounts.Count
    let rank: Int

    func comesBefore(_ other: Entry) -> Bool {
      (other.count.documents, rank) < (count.documents, other.rank)
    }
  }

  init(capacity: Int) { self.capacity = max(0, capacity) }

  /// How many values it was shown.
  var valueCount: Int { shown }

  /// Shows a value; the value is asked for only where it comes in.
  mutating func add(documents: Int, _ value: () -> FacetValue) {
    shown += 1
    guard capacity > 0 else { return }
    if heap.count == capacity {
      // Of equals the earlier stays.
      guard let last = heap.first, documents > last.count.documents else { return }
      heap[0] = Entry(count: .init(value(), documents), rank: shown)
      siftDown()
    } else {
      heap.append(Entry(count: .init(value(), documents), rank: shown))
      var place = heap.count - 1
      while place > 0, heap[(place - 1) / 2].comesBefore(heap[place]) {
        heap.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
    }
  }

  private mutating func siftDown() {
    var place = 0
    while true {
      var last = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[last].comesBefore(heap[child]) {
        last = child
      }
      if last == place { return }
      heap.swapAt(place, last)
      place = last
    }
  }

  /// The values in order.
  var sorted: [FacetCounts.Count] { heap.sorted { $0.comesBefore($1) }.map(\.count) }
}
