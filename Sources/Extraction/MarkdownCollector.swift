// The parser's events, turned into text.

import CMarkdown

/// Collects what the Markdown parser calls back with, for one document. A structure, because accesses to an object's
/// properties would be checked in each of the many calls.
struct MarkdownCollector {
  private(set) var headings: [String] = []
  private var text = TextBuilder()
  private var entities = EntityDecoder()
  /// HTML that is still going on, tags and all.
  private var html: [UInt8] = []
  private var codeBlockDepth = 0
  private var headingStart = 0
  private var eventsLeft = 0

  /// A paragraph of plain text.
  mutating func addParagraph(_ paragraph: [UInt8]) {
    paragraph.withUnsafeBufferPointer { text.append($0) }
    text.breakBlock()
  }

  /// The text of all that was read.
  consuming func finish() -> [UInt8] { text.finished() }

  /// Parses a piece of Markdown; what the parser can't do is taken as plain text.
  mutating func read(_ markdown: UnsafeBufferPointer<UInt8>) {
    eventsLeft = markdown.count * ExtractionLimits.markdownEventsPerByte + 1_000
    codeBlockDepth = 0
    text.breakBlock()
    let countBefore = text.bytes.count
    let headingsBefore = headings.count
    var parser = MD_PARSER()
    parser.flags = UInt32(MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS)
    parser.enter_block = { type, _, context in collector(context)?.pointee.enterBlock(type) ?? 1 }
    parser.leave_block = { type, _, context in collector(context)?.pointee.leaveBlock(type) ?? 1 }
    parser.enter_span = { type, _, context in collector(context)?.pointee.span(type) ?? 1 }
    parser.leave_span = { type, _, context in collector(context)?.pointee.span(type) ?? 1 }
    parser.text = { type, start, size, context in
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(size))
      return bytes.withMemoryRebound(to: UInt8.self) { collector(context)?.pointee.add($0, type) ?? 1 }
    }
    let isParsed =
      !MarkdownComplexity.exceedsLimits(markdown)
      && withUnsafeMutablePointer(to: &self) { context in
        markdown.withMemoryRebound(to: CChar.self) {
          md_parse($0.baseAddress, MD_SIZE($0.count), &parser, context) == 0
        }
      }
    flushHTML()
    if !isParsed {
      text.removeAll(from: countBefore)
      headings.removeLast(headings.count - headingsBefore)
      text.appendPreformatted(markdown)
    }
    text.breakBlock()
  }

  /// Counts an event; 1 tells the parser to give up when there were too many, as a table with a short row for each of
  /// very many columns brings them.
  private mutating func goesOn() -> CInt {
    eventsLeft -= 1
    return eventsLeft > 0 ? 0 : 1
  }

  private mutating func enterBlock(_ type: MD_BLOCKTYPE) -> CInt {
    flushHTML()
    switch type {
    case MD_BLOCK_TH, MD_BLOCK_TD: text.breakCell()
    case MD_BLOCK_CODE:
      text.breakBlock()
      codeBlockDepth += 1
    default: text.breakBlock()
    }
    if type == MD_BLOCK_H { headingStart = text.bytes.count }
    return goesOn()
  }

  private mutating func leaveBlock(_ type: MD_BLOCKTYPE) -> CInt {
    flushHTML()
    switch type {
    case MD_BLOCK_TH, MD_BLOCK_TD: text.breakCell()
    case MD_BLOCK_CODE:
      text.breakBlock()
      codeBlockDepth -= 1
    case MD_BLOCK_H:
      text.breakBlock()
      let heading = text.title(from: headingStart)
      if !heading.isEmpty, headings.count < ExtractionLimits.maximalHeadings { headings.append(heading) }
    default: text.breakBlock()
    }
    return goesOn()
  }

  /// An image stands apart from the words around it; other spans don't.
  private mutating func span(_ type: MD_SPANTYPE) -> CInt {
    flushHTML()
    if type == MD_SPAN_IMG { text.breakWord() }
    return goesOn()
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ type: MD_TEXTTYPE) -> CInt {
    if type == MD_TEXT_HTML {
      html.append(contentsOf: bytes)
      return goesOn()
    }
    flushHTML()
    switch type {
    case MD_TEXT_BR, MD_TEXT_SOFTBR: text.breakLine()
    case MD_TEXT_ENTITY:
      if let decoded = entities.decode(bytes) {
        decoded.withUnsafeBufferPointer { text.append($0) }
      } else {
        text.append(bytes)
      }
    case MD_TEXT_CODE where codeBlockDepth > 0: text.appendPreformatted(bytes)
    case MD_TEXT_NULLCHAR: "\u{FFFD}".utf8.withContiguousStorageIfAvailable { text.append($0) }
    default: text.append(bytes)
    }
    return goesOn()
  }

  private mutating func flushHTML() {
    if html.isEmpty { return }
    html.withUnsafeBufferPointer { HTMLStripper.append($0, to: &text, entities: &entities) }
    html.removeAll(keepingCapacity: true)
  }
}

/// The collector behind the parser's user data.
private func collector(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<MarkdownCollector>? {
  context?.assumingMemoryBound(to: MarkdownCollector.self)
}
