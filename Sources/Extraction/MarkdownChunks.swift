// Cutting very large Markdown files where it does least harm.

/// The pieces of a Markdown document that are parsed one by one, cut at empty lines when it is large: some constructs
/// take the parser time that grows with the square of its input, which this bounds.
struct MarkdownChunks: Sequence, IteratorProtocol {
  private let markdown: UnsafeBufferPointer<UInt8>
  private var position: Int

  init(_ markdown: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.markdown = markdown
    position = start
  }

  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    guard position < markdown.count else { return nil }
    let start = position
    let limit = start + ExtractionLimits.markdownChunkSizeInBytes
    position = limit >= markdown.count ? markdown.count : cut(before: limit, after: start)
    return UnsafeBufferPointer(rebasing: markdown[start..<position])
  }

  /// The last empty line of the second half of a chunk, else the last line end, else the last start of a character.
  private func cut(before limit: Int, after start: Int) -> Int {
    let middle = start + (limit - start) / 2
    var lineStart: Int?
    var index = limit
    while index > middle {
      index -= 1
      guard markdown[index] == 0x0A else { continue }
      if lineStart == nil { lineStart = index + 1 }
      if markdown[index - 1] == 0x0A { return index + 1 }
    }
    if let lineStart { return lineStart }
    index = limit
    while index > middle, markdown[index] & 0xC0 == 0x80 { index -= 1 }
    return index
  }
}
