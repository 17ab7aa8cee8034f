// Whether Markdown may be parsed in reasonable time.

enum MarkdownComplexity {
  /// Whether a line opens more lists and quotes than the limit: the parser looks at each open one for every line that
  /// follows, so that its time would grow with the product of both. Linear.
  static func exceedsLimits(_ markdown: UnsafeBufferPointer<UInt8>) -> Bool {
    var markers = 0
    var isInMarkers = true
    for (index, byte) in markdown.enumerated() {
      switch byte {
      case 0x0A:
        markers = 0
        isInMarkers = true
      case UInt8(ascii: ">"):
        markers += isInMarkers ? 1 : 0
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"):
        // A marker of a list has white space behind it; a rule such as `-----` opens nothing.
        let isMarker = index + 1 < markdown.count && (markdown[index + 1] == 0x20 || markdown[index + 1] == 0x09)
        markers += isInMarkers && isMarker ? 1 : 0
      case 0x20, 0x09, 0x30...0x39:
        continue
      default:
        if isInMarkers, markers > ExtractionLimits.maximalMarkdownDepth { return true }
        isInMarkers = false
      }
    }
    return isInMarkers && markers > ExtractionLimits.maximalMarkdownDepth
  }
}
