// Queries that are added up.

import InvertedIndex

/// Queries with weights; one that comes twice counts twice, one that weighs nothing is left out.
struct QueryBag {
  private var order: [Query] = []
  private var sums: [Query: Float] = [:]

  var isEmpty: Bool { order.isEmpty }

  /// Adds a query that is there for its score.
  mutating func add(_ query: Query, _ weight: Float) {
    if weight > 0 { addMatching(query, weight) }
  }

  /// Adds a query that matches, whatever it weighs.
  mutating func addMatching(_ query: Query, _ weight: Float) {
    if query == .none { return }
    if let sum = sums[query] {
      sums[query] = sum + weight
    } else {
      sums[query] = weight
      order.append(query)
    }
  }

  /// The queries in the order in which they came.
  var queries: [Query] {
    order.map { query in
      let weight = sums[query] ?? 1
      return weight == 1 ? query : .boost(query, weight)
    }
  }
}
