// Which extractor is for which file.

/// Chooses the extractor for a file by its name; files that turn out not to be text are refused when they are read.
public struct ExtractorRegistry: Sendable {
  private let extractors: [String: any Extractor]

  private static let prose = ["txt", "text", "srt", "vtt", "rst", "adoc", "asciidoc", "org", "tex", "readme"]
  /// The extractors of this module.
  public static let standard = ExtractorRegistry()

  private init() {
    var extractors: [String: any Extractor] = [:]
    for name in ["md", "markdown", "mdx", "mdown", "mkd"] { extractors[name] = MarkdownExtractor() }
    for name in ["html", "htm", "xhtml"] { extractors[name] = HTMLExtractor() }
    for name in ["jsonl", "ndjson"] { extractors[name] = JSONLinesExtractor() }
    for name in Self.prose { extractors[name] = PlainTextExtractor() }
    self.extractors = extractors
  }

  /// The extractor for a file of that path. A name without an extension is taken for plain text, and so is one with an
  /// unknown extension: what isn't text is found when the file is read.
  public func extractor(forPath path: String) -> any Extractor {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
      return PlainTextExtractor()
    }
    let fileExtension = String(decoding: name[name.index(after: dot)...], as: UTF8.self).lowercased()
    return extractors[fileExtension] ?? PlainTextExtractor(isProse: false)
  }

  /// Extracts a file with the extractor for its name; throws as that does.
  public func extract(
    _ file: SourceFile, deliver: (ExtractedDocument) throws -> Void
  ) throws -> ExtractionSummary {
    try extractor(forPath: file.path).extract(file, deliver: deliver)
  }
}
