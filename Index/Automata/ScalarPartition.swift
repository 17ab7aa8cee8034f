// Classes of scalars that an automaton cannot tell apart.

/// Splits the scalars into classes so that every set of an automaton is a union of classes. A table of transitions then
/// has a column for each class and not for each scalar.
///
/// A class: matching reads its tables for each scalar, and values would count references to all of them each time.
final class ScalarPartition: Sendable {
  /// Where the intervals of scalars of one class begin, ascending; the first begins at 0.
  let starts: [UInt32]
  /// The class of each interval.
  let classes: [Int]
  /// A scalar of each class.
  let representatives: [UInt32]
  private let asciiClasses: [Int]

  /// The classes of some sets. O(r log r + p) for r ranges and the p intervals that the sets cover.
  init(_ sets: [ScalarSet]) {
    var bounds: [UInt32] = [0]
    for set in sets {
      for range in set.ranges {
        bounds.append(range.lowerBound)
        if range.upperBound < 0x10FFFF { bounds.append(range.upperBound + 1) }
      }
    }
    bounds.sort()
    var starts: [UInt32] = []
    for bound in bounds where starts.last != bound { starts.append(bound) }

    // Each set splits each class into what it holds of it and the rest.
    var classes = [Int](repeating: 0, count: starts.count)
    var next = 1
    for set in sets {
      var parts: [Int: Int] = [:]
      for range in set.ranges {
        var interval = Self.interval(of: range.lowerBound, in: starts)
        while interval < starts.count, starts[interval] <= range.upperBound {
          let part = parts[classes[interval]] ?? next
          if part == next {
            parts[classes[interval]] = part
            next += 1
          }
          classes[interval] = part
          interval += 1
        }
      }
    }

    var numbers: [Int: Int] = [:]
    var representatives: [UInt32] = []
    for interval in starts.indices {
      if let number = numbers[classes[interval]] {
        classes[interval] = number
      } else {
        numbers[classes[interval]] = representatives.count
        classes[interval] = representatives.count
        representatives.append(starts[interval])
      }
    }
    self.starts = starts
    self.classes = classes
    self.representatives = representatives
    asciiClasses = (0..<128).map { classes[Self.interval(of: $0, in: starts)] }
  }

  /// The class of a scalar. O(1) for ASCII, O(log intervals) for others.
  func classNumber(of scalar: UInt32) -> Int {
    scalar < 0x80 ? asciiClasses[Int(scalar)] : classes[interval(of: scalar)]
  }

  /// The interval that a scalar is in.
  func interval(of scalar: UInt32) -> Int { Self.interval(of: scalar, in: starts) }

  private static func interval(of scalar: UInt32, in starts: [UInt32]) -> Int {
    var low = 1
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
