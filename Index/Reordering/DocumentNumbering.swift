// The new numbers of documents of several segments that become one.

internal import Storage

/// For each document of each segment its number in the segment to come, `DocID.end` for deleted ones. At first the live
/// documents are numbered in the order of the segments.
struct DocumentNumbering {
  private var numbers: [DocID] = []
  private var starts: [Int] = []
  /// Documents of the segment to come.
  let count: Int

  /// - Throws: `limitExceeded` when the documents are too many for a segment.
  init(_ segments: [SegmentReader]) throws(IndexError) {
    numbers.reserveCapacity(segments.reduce(0) { $0 + $1.documentCount })
    var next = 0
    for segment in segments {
      starts.append(numbers.count)
      for document in 0..<DocID(segment.documentCount) {
        let isLive = segment.isLive(document)
        numbers.append(isLive ? DocID(truncatingIfNeeded: next) : .end)
        next += isLive ? 1 : 0
      }
    }
    guard next <= IndexLimits.documentsPerSegment else {
      throw IndexError(.limitExceeded, "a segment of \(next) documents is too large")
    }
    count = next
  }

  /// Numbers the documents anew; `order` names them in their new order by the numbers they have.
  ///
  /// - Precondition: `order` is a permutation of `0..<count`.
  mutating func apply(order: [DocID]) {
    precondition(order.count == count)
    var new = [DocID](repeating: .end, count: count)
    for (number, old) in order.enumerated() {
      precondition(new[Int(old)] == .end, "a document twice in an order")
      new[Int(old)] = DocID(number)
    }
    for place in numbers.indices where numbers[place] != .end { numbers[place] = new[Int(numbers[place])] }
  }

  /// The new number of a document, `DocID.end` for a deleted one.
  @inline(__always)
  func number(of document: DocID, in segment: Int) -> DocID { numbers[starts[segment] + Int(document)] }

  /// Where the documents come from, in their new order.
  var sources: [DocAddress] {
    var sources = [DocAddress](repeating: DocAddress(segment: 0, document: 0), count: count)
    for segment in starts.indices {
      let end = segment + 1 < starts.count ? starts[segment + 1] : numbers.count
      for place in starts[segment]..<end where numbers[place] != .end {
        sources[Int(numbers[place])] = DocAddress(segment: segment, document: DocID(place - starts[segment]))
      }
    }
    return sources
  }
}
