// Which operation added each document of a segment.

/// A number for each document, kept as runs in which it grows by the same step: documents that one thread adds one
/// after the other take no memory each.
struct OperationNumbers: Sendable {
  private struct Run {
    /// The first document of the run.
    let document: Int
    let first: UInt64
    /// Added for each further document, modulo 2^64.
    var step: UInt64
  }

  private var runs: [Run] = []
  private(set) var count = 0
  private var last: UInt64 = 0

  /// Bytes held.
  var memory: Int { MemoryLayout<Run>.stride * runs.capacity }

  /// Adds the number of the next document. Amortised O(1).
  mutating func append(_ number: UInt64) {
    defer {
      last = number
      count += 1
    }
    guard let run = runs.last else { return runs.append(Run(document: 0, first: number, step: 0)) }
    let step = number &- last
    if count == run.document + 1 {
      runs[runs.count - 1].step = step
    } else if step != run.step {
      runs.append(Run(document: count, first: number, step: 0))
    }
  }

  /// Adds all numbers of another segment behind those of this one.
  mutating func append(contentsOf other: OperationNumbers) {
    for document in 0..<other.count { append(other[document]) }
  }

  /// The number of a document. O(log runs).
  subscript(document: Int) -> UInt64 {
    precondition(document >= 0 && document < count)
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].document <= document { low = middle } else { high = middle }
    }
    return runs[low].first &+ UInt64(document - runs[low].document) &* runs[low].step
  }
}
