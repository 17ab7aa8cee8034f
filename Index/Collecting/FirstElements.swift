// The first elements of many in some order, without keeping the rest.

/// What ``FirstElements`` keeps.
protocol Ranked {
  /// Whether it comes before another one. No two elements are equal.
  func comesBefore(_ other: Self) -> Bool
}

/// Keeps the first `capacity` of the elements it is shown. Showing one takes time logarithmic in the capacity.
struct FirstElements<Element: Ranked> {
  private let capacity: Int
  /// A binary heap, the last element on top.
  private var heap: [Element] = []

  init(capacity: Int) { self.capacity = max(0, capacity) }

  /// Whether there is room for any element.
  var keepsNone: Bool { capacity == 0 }

  /// The one that gives way to what comes before it; nil while there is room.
  var last: Element? { heap.count == capacity ? heap.first : nil }

  mutating func insert(_ element: Element) {
    if keepsNone { return }
    if heap.count < capacity {
      heap.append(element)
      siftUp()
    } else if element.comesBefore(heap[0]) {
      heap[0] = element
      siftDown()
    }
  }

  private mutating func siftUp() {
    var place = heap.count - 1
    while place > 0, heap[(place - 1) / 2].comesBefore(heap[place]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
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

  /// The elements in order.
  func sorted() -> [Element] { heap.sorted { $0.comesBefore($1) } }
}
