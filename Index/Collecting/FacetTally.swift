// The values of a facet with the most documents.

/// Keeps the `capacity` values with the most documents of those it is shown, each once and in ascending order.
struct FacetTally {
  private var first: FirstElements<Entry>
  /// How many values it was shown.
  private(set) var valueCount = 0

  private struct Entry: Ranked {
    let count: FacetCounts.Count
    let rank: Int

    func comesBefore(_ other: Entry) -> Bool {
      (other.count.documents, rank) < (count.documents, other.rank)
    }
  }

  init(capacity: Int) { first = FirstElements(capacity: capacity) }

  /// Shows a value; the value is asked for only where it comes in.
  mutating func add(documents: Int, _ value: () -> FacetValue) {
    valueCount += 1
    if first.keepsNone { return }
    // Of equals the earlier stays.
    if let last = first.last, documents <= last.count.documents { return }
    first.insert(Entry(count: .init(value(), documents), rank: valueCount))
  }

  /// The values in order.
  var sorted: [FacetCounts.Count] { first.sorted().map(\.count) }
}
