// Markdown.

/// Takes the text out of Markdown: CommonMark with GitHub's tables, strikethrough and task lists.
///
/// The title is that of the front matter, else the first heading. Code is kept as text, links keep their text and lose
/// their addresses, images give their alternative text, HTML loses its tags. Blocks end with an empty line, cells of a
/// table with ` | `.
public struct MarkdownExtractor: Extractor {
  /// An extractor.
  public init() {}

  /// Hands over the one document of the file.
  public func extract(
    _ file: SourceFile, deliver: (ExtractedDocument) throws -> Void
  ) throws -> ExtractionSummary {
    let decoded = try file.decodedText(isMarkup: false)
    let frontMatter = MarkdownFrontMatter(decoded.bytes)
    var collector = MarkdownCollector()
    for value in frontMatter.searchableValues { collector.addParagraph(Array(value.utf8)) }
    decoded.bytes.withUnsafeBufferPointer { markdown in
      for chunk in MarkdownChunks(markdown, from: frontMatter.end) { collector.read(chunk) }
    }
    let title = [frontMatter.title, collector.headings.first ?? ""].first { !$0.isEmpty } ?? file.name
    let headings = collector.headings
    try deliver(ExtractedDocument(title: title, text: collector.finish(), headings: headings))
    return ExtractionSummary(of: decoded)
  }
}
