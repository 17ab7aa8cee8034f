// HTML and XHTML.

import CHTML

/// Takes the text out of HTML with an HTML5 parser.
///
/// The title is that of `<title>`, else the first `<h1>`. Scripts, styles, templates, frames and what is meant for
/// browsers without scripts are left out; blocks end with an empty line, cells of a table with ` | `; images give their
/// alternative text. Documents beyond the limits of depth, attributes or memory have their tags taken out instead.
public struct HTMLExtractor: Extractor {
  /// An extractor.
  public init() {}

  /// Hands over the one document of the file.
  public func extract(
    _ file: SourceFile, deliver: (ExtractedDocument) throws -> Void
  ) throws -> ExtractionSummary {
    let decoded = try file.decodedText(isMarkup: true)
    var content = HTMLContent()
    decoded.bytes.withUnsafeBufferPointer { html in
      guard !html.isEmpty else { return }
      if HTMLComplexity.exceedsLimits(html) || !content.read(html) { content = HTMLContent(stripping: html) }
    }
    let title = [content.title, content.firstHeading].first { !$0.isEmpty } ?? file.name
    try deliver(ExtractedDocument(title: title, text: content.text.finished(), headings: content.headings))
    return ExtractionSummary(of: decoded)
  }
}
