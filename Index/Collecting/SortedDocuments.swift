// The first documents by values of theirs instead of by score.

/// What found documents are sorted by. Where all keys are equal, documents come in their order in the index.
public struct SortKey: Sendable, Hashable {
  /// Where the values come from.
  public enum Source: Sendable, Hashable {
    /// The scores of the query.
    case score
    /// A column of numbers. Documents without a value come last, in either direction.
    case column(FieldNumber)
  }

  /// Where the values come from.
  public var source: Source
  /// Whether high values come first.
  public var isDescending: Bool

  /// Makes a key.
  public init(_ source: Source, isDescending: Bool = false) {
    self.source = source
    self.isDescending = isDescending
  }
}

/// Keeps the first `capacity` of the documents it is shown, in ascending order of address.
struct SortedDocumentsCollector {
  /// A document's value for one key, so that what comes first is less.
  struct Value: Comparable {
    let isMissing: Bool
    let bits: UInt64

    static let missing = Value(isMissing: true, bits: 0)

    init(_ bits: UInt64, isDescending: Bool) { self.init(isMissing: false, bits: isDescending ? ~bits : bits) }

    private init(isMissing: Bool, bits: UInt64) {
      self.isMissing = isMissing
      self.bits = bits
    }

    static func < (a: Value, b: Value) -> Bool { a.isMissing == b.isMissing ? a.bits < b.bits : b.isMissing }
  }

  private struct Entry {
    let values: [Value]
    let document: ScoredDocument

    func comesBefore(_ other: Entry) -> Bool {
      for (own, others) in zip(values, other.values) where own != others { return own < others }
      return document.address < other.document.address
    }
  }

  private let capacity: Int
  /// A binary heap, the last document on top.
  private var heap: [Entry] = []

  init(capacity: Int) { self.capacity = capacity }

  /// Shows a document; its score is asked for only where it comes in.
  mutating func collect(_ address: DocAddress, _ values: [Value], score: () -> Double) {
    guard capacity > 0 else { return }
    if heap.count == capacity {
      // Of equals the earlier stays.
      guard let last = heap.first, values.lexicographicallyPrecedes(last.values) else { return }
      heap[0] = Entry(values: values, document: ScoredDocument(address: address, score: Float(score())))
      siftDown()
    } else {
      heap.append(Entry(values: values, document: ScoredDocument(address: address, score: Float(score()))))
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

  /// The documents in order.
  func sorted() -> [ScoredDocument] { heap.sorted { $0.comesBefore($1) }.map(\.document) }
}
