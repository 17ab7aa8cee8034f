// What there is in an HTML document, collected from the parser's events.

import CHTML

struct HTMLContent {
  private(set) var title = ""
  /// The first heading of level 1.
  private(set) var firstHeading = ""
  private(set) var headings: [String] = []
  private(set) var text = TextBuilder()

  init() {}

  /// The text without its tags; the title isn't told apart.
  init(stripping html: UnsafeBufferPointer<UInt8>) {
    var entities = EntityDecoder()
    HTMLStripper.append(html, to: &text, entities: &entities)
  }

  /// Parses the document; false when its tree would be too large, and then half of the content may be here.
  mutating func read(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
    guard
      let document = chtml_parse(html.baseAddress, html.count, ExtractionLimits.maximalHTMLTreeSizeInBytes)
    else { return false }
    defer { chtml_free(document) }
    var titleText = TextBuilder()
    var isInTitle = false
    var preformattedDepth = 0
    var headingStart = 0
    while true {
      let event = chtml_next(document)
      switch event.kind {
      case CHTML_ENTER, CHTML_LEAVE:
        let isStart = event.kind == CHTML_ENTER
        switch event.role {
        case CHTML_TITLE: isInTitle = isStart
        case CHTML_BLOCK: text.breakBlock()
        case CHTML_LINE_BREAK: if isStart { text.breakLine() }
        case CHTML_CELL: text.breakCell()
        case CHTML_PREFORMATTED:
          text.breakBlock()
          preformattedDepth += isStart ? 1 : -1
        case CHTML_HEADING:
          text.breakBlock()
          if isStart { headingStart = text.bytes.count } else { addHeading(from: headingStart, level: event.level) }
        case CHTML_IMAGE:
          text.breakWord()
          if isStart { text.append(event.text) }
        default: break
        }
      case CHTML_TEXT:
        if isInTitle {
          titleText.append(event.text)
        } else if preformattedDepth > 0 {
          text.appendPreformatted(event.text)
        } else {
          text.append(event.text)
        }
      default:
        if title.isEmpty { title = titleText.title(from: 0) }
        return true
      }
    }
  }

  private mutating func addHeading(from start: Int, level: Int32) {
    guard headings.count < ExtractionLimits.maximalHeadings else { return }
    let heading = text.title(from: start)
    guard !heading.isEmpty else { return }
    headings.append(heading)
    if level == 1, firstHeading.isEmpty { firstHeading = heading }
  }
}

extension chtml_event {
  fileprivate var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }
}
