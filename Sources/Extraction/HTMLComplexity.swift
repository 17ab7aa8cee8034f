// Whether an HTML document may be parsed into a tree in reasonable time.

enum HTMLComplexity {
  /// Elements that have no content, so that they open nothing.
  private static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
  ]

  /// Elements that the next of their kind closes; old documents leave their ends out by the thousand.
  private static let selfClosingElements: Set<String> = [
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option",
    "optgroup", "rt", "rp", "rb", "rtc", "caption",
  ]

  /// Whether elements are nested or tags attributed beyond the limits, for which the tree builder's time would grow with
  /// the square of the size. A quick estimate from the tags alone; linear.
  static func exceedsLimits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = HTMLTagScanner(bytes)
    var depth = 0
    while let token = scanner.next() {
      switch token {
      case .start(let name, _, let attributes):
        if attributes > ExtractionLimits.maximalHTMLAttributesPerTag { return true }
        if voidElements.contains(name) || selfClosingElements.contains(name) { continue }
        depth += 1
        if depth > ExtractionLimits.maximalHTMLDepth { return true }
      case .end(let name):
        if depth > 0, !voidElements.contains(name), !selfClosingElements.contains(name) { depth -= 1 }
      case .text, .rawText, .other:
        break
      }
    }
    return false
  }
}
