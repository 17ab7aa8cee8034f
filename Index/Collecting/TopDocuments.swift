// The best documents of a search.

/// A document with its score.
public struct ScoredDocument: Sendable, Equatable {
  /// Where it is.
  public let address: DocAddress
  /// Its score.
  public let score: Float

  /// Makes a pair.
  public init(address: DocAddress, score: Float) {
    self.address = address
    self.score = score
  }
}

/// What a search found.
public struct TopDocuments: Sendable, Equatable {
  /// The best documents: by score, then by address.
  public var hits: [ScoredDocument]
  /// How many documents match; nil when it was not asked for.
  public var total: Int?
  /// The counts of the facets that were asked for, in their order.
  public var facets: [FacetCounts] = []
}

/// Keeps the best `count` of the documents it is shown, in ascending order of address: of equal scores the earlier
/// document is better.
struct TopDocumentsCollector {
  /// How many documents it keeps.
  let capacity: Int
  /// A binary heap, the worst on top.
  private var heap: [Entry] = []

  /// A document in few bytes.
  private struct Entry {
    let score: Float
    /// The segment in the high half, the document in the low one: ascends as addresses do.
    let place: UInt64

    init(_ address: DocAddress, score: Float) {
      self.score = score
      place = UInt64(address.segment) << 32 | UInt64(address.document)
    }

    var address: DocAddress {
      DocAddress(segment: Int(place >> 32), document: DocID(truncatingIfNeeded: place))
    }
  }

  init(capacity: Int) {
    self.capacity = capacity
    heap.reserveCapacity(min(capacity, 1024))
  }

  /// Whether it keeps as many as it may.
  var isFull: Bool { heap.count == capacity }

  /// Only documents with a higher score can still come in; below every score while there is room.
  private(set) var threshold: Float = -.infinity

  /// Raises the threshold to just below a score that as many documents as it keeps are known to reach.
  mutating func prime(atLeast score: Float) {
    if capacity > 0, heap.count < capacity { threshold = max(threshold, score.nextDown) }
  }

  /// Leaves out what scores less than some other documents, as many as it keeps, are known to.
  mutating func raise(justBelow score: Float) { threshold = max(threshold, score.nextDown) }

  @inline(__always)
  mutating func collect(_ address: DocAddress, score: Float) {
    if score > threshold { insert(Entry(address, score: score)) }
  }

  private mutating func insert(_ hit: Entry) {
    if heap.count < capacity {
      heap.append(hit)
      var place = heap.count - 1
      while place > 0, Self.isWorse(heap[place], heap[(place - 1) / 2]) {
        heap.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
    } else if capacity > 0 {
      var heap = heap.mutableSpan
      var place = 0
      while true {
        var child = 2 * place + 1
        if child >= heap.count { break }
        if child + 1 < heap.count, Self.isWorse(heap[child + 1], heap[child]) { child += 1 }
        if !Self.isWorse(heap[child], hit) { break }
        heap[place] = heap[child]
        place = child
      }
      heap[place] = hit
    }
    if heap.count == capacity, let worst = heap.first { threshold = max(threshold, worst.score) }
  }

  private static func isWorse(_ a: Entry, _ b: Entry) -> Bool {
    a.score != b.score ? a.score < b.score : a.place > b.place
  }

  /// The documents, best first.
  func sorted() -> [ScoredDocument] {
    heap.sorted { Self.isWorse($1, $0) }.map { ScoredDocument(address: $0.address, score: $0.score) }
  }
}
