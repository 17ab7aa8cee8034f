// Whether Markdown may be parsed in reasonable time.

@preconcurrency import Glibc

enum MarkdownComplexity {
  /// Whether a line opens more lists and quotes than the limit: the parser looks at each open one for every line that
  /// follows, so that its time would grow with the product of both. Linear.
  static func exceedsLimits(_ markdown: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = markdown.baseAddress else { return false }
    var position = 0
    while position < markdown.count {
      if markers(markdown, from: position) > ExtractionLimits.maximalMarkdownDepth { return true }
      guard let end = memchr(base + position, 0x0A, markdown.count - position) else { return false }
      position = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
    }
    return false
  }

  /// The markers of lists and quotes that a line starts with.
  private static func markers(_ markdown: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var markers = 0
    for index in start..<markdown.count {
      switch markdown[index] {
      case UInt8(ascii: ">"):
        markers += 1
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"):
        // A marker of a list has white space behind it; a rule such as `-----` opens nothing.
        let next = index + 1 < markdown.count ? markdown[index + 1] : 0x0A
        markers += next == 0x20 || next == 0x09 ? 1 : 0
      case 0x20, 0x09, 0x30...0x39:
        continue
      default:
        return markers
      }
    }
    return markers
  }
}
