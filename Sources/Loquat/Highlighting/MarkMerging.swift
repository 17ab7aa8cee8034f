// From hits to the ranges that are marked.

/// Joins marks that a reader sees as one.
enum MarkMerging {
  /// Between two marks inside Chinese, no more bytes than this are bridged.
  private static let maximumGap = 64

  /// The marks of hits in ascending order of their starts: ascending and disjoint. Overlapping and touching ones are
  /// joined, and those with only white space between two Han characters, unless it holds an empty line.
  static func ranges(_ hits: some Sequence<Hit>, in text: Span<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for hit in hits where hit.isMark && hit.start < hit.end {
      let next = hit.range
      if let last = ranges.last, next.lowerBound <= last.upperBound || isBridged(last, next, in: text) {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
      } else {
        ranges.append(next)
      }
    }
    return ranges
  }

  private static func isBridged(_ first: Range<Int>, _ second: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard second.lowerBound - first.upperBound <= maximumGap,
      TextScalars.decode(text, before: first.upperBound).scalar.properties.isIdeographic,
      TextScalars.decode(text, at: second.lowerBound).scalar.properties.isIdeographic
    else { return false }
    var offset = first.upperBound
    var breaks = 0
    while offset < second.lowerBound {
      let (scalar, length) = TextScalars.decode(text, at: offset)
      guard scalar.properties.isWhitespace else { return false }
      if scalar == "\n" || (scalar == "\r" && text[offset + 1] != 0x0A) { breaks += 1 }
      offset += length
    }
    return breaks < 2
  }
}
