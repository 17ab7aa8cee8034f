// The end of a word and the characters in it that may act.

/// Where a word ends, and the characters in it that may act, found in one pass.
struct WordMarks {
  private(set) var end: Int
  private(set) var lastCaret: Int?
  private(set) var lastTilde: Int?
  private(set) var hasStar = false
  private(set) var hasQuestionMark = false

  /// Whether it has `://` in it.
  private(set) var isAddress = false

  init(of source: QuerySource, from start: Int) {
    var offset = start
    while true {
      switch source[offset] {
      case UInt8(ascii: "^"): lastCaret = offset
      case UInt8(ascii: "~"): lastTilde = offset
      case UInt8(ascii: "*"): hasStar = true
      case UInt8(ascii: "?"): hasQuestionMark = true
      case UInt8(ascii: ":"):
        if source[offset + 1] == UInt8(ascii: "/"), source[offset + 2] == UInt8(ascii: "/") { isAddress = true }
      case UInt8(ascii: "(") where offset > start && source[offset + 1] == UInt8(ascii: ")"):
        // A call such as main() is text.
        offset += 2
        continue
      default:
        if source.isWordEnd(at: offset) {
          end = offset
          return
        }
      }
      offset = source.next(after: offset)
    }
  }
}
