// A set of Unicode scalars, as ranges.

/// Unicode scalars in ascending ranges with gaps between them. It never holds surrogates, which no UTF-8 text has.
struct ScalarSet: Sendable, Hashable {
  typealias Range = ClosedRange<UInt32>

  /// All scalars.
  static let all = ScalarSet(sorted: [0...0xD7FF, 0xE000...0x10FFFF])

  let ranges: [Range]

  /// The union of ranges, which may overlap and come in any order. O(n log n).
  init(_ ranges: [Range]) {
    var joined: [Range] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound <= last.upperBound + 1 {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    self.ranges = joined.flatMap(Self.withoutSurrogates)
  }

  /// One scalar.
  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  private init(sorted ranges: [Range]) { self.ranges = ranges }

  /// All scalars that are not in the set.
  var inverted: ScalarSet {
    var gaps: [Range] = []
    var next: UInt32 = 0
    for range in ranges {
      if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
    return ScalarSet(gaps)
  }

  /// The only scalar of the set; nil when it has none or several.
  var onlyScalar: Unicode.Scalar? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return Unicode.Scalar(ranges[0].lowerBound)
  }

  /// Whether the set holds a scalar. O(log ranges).
  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  private static func withoutSurrogates(_ range: Range) -> [Range] {
    var parts: [Range] = []
    if range.lowerBound < 0xD800 { parts.append(range.lowerBound...min(range.upperBound, 0xD7FF)) }
    if range.upperBound > 0xDFFF { parts.append(max(range.lowerBound, 0xE000)...range.upperBound) }
    return parts
  }
}
