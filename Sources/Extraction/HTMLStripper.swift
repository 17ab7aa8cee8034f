// Taking the tags out of HTML without understanding it.

/// Adds the text of HTML to a builder: for the HTML inside Markdown, and for documents that are nested too deep for a
/// tree. Linear in time, with a stack of nothing.
enum HTMLStripper {
  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody",
    "tfoot", "thead", "title", "tr", "ul",
  ]

  static func append(
    _ html: UnsafeBufferPointer<UInt8>, to builder: inout TextBuilder, entities: inout EntityDecoder
  ) {
    var scanner = HTMLTagScanner(html)
    while let token = scanner.next() {
      switch token {
      case .text(let range):
        entities.append(UnsafeBufferPointer(rebasing: html[range]), to: &builder)
      case .start("br", _, _):
        builder.breakLine()
      case .start("img", let tag, _):
        if let text = alternativeText(UnsafeBufferPointer(rebasing: html[tag])) {
          builder.breakWord()
          entities.append(text, to: &builder)
          builder.breakWord()
        }
      case .start("td", _, _), .start("th", _, _), .end("td"), .end("th"):
        builder.breakCell()
      case .start(let name, _, _), .end(let name):
        if blocks.contains(name) { builder.breakBlock() }
      case .rawText, .other:
        break
      }
    }
  }

  /// The value of the tag's `alt` where it is in quotes.
  private static func alternativeText(_ tag: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    var position = 1
    while position + 4 < tag.count {
      guard tag[position - 1] <= 0x20, tag[position] | 0x20 == UInt8(ascii: "a"),
        tag[position + 1] | 0x20 == UInt8(ascii: "l"), tag[position + 2] | 0x20 == UInt8(ascii: "t"),
        tag[position + 3] == UInt8(ascii: "=")
      else {
        position += 1
        continue
      }
      let quote = tag[position + 4]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
      let value = tag[(position + 5)...]
      guard let end = value.firstIndex(of: quote) else { return nil }
      return UnsafeBufferPointer(rebasing: value[..<end])
    }
    return nil
  }
}
