// Text as it stands.

/// Takes a text file as one document, unchanged but for its encoding.
///
/// The title of prose is the first line when it is short enough to be one; that of anything else is the file's name.
public struct PlainTextExtractor: Extractor {
  private static let longestTitleInCharacters = 100

  private let isProse: Bool

  /// An extractor of prose, whose first line may be a title, or of source code and logs.
  public init(isProse: Bool = true) { self.isProse = isProse }

  /// Hands over the one document of the file.
  public func extract(
    _ file: SourceFile, deliver: (ExtractedDocument) throws -> Void
  ) throws -> ExtractionSummary {
    let decoded = try file.decodedText(isMarkup: false)
    let title = (isProse ? Self.firstLine(of: decoded.bytes) : nil) ?? file.name
    try deliver(ExtractedDocument(title: title, text: decoded.bytes))
    return ExtractionSummary(of: decoded)
  }

  private static func firstLine(of text: [UInt8]) -> String? {
    let content = text.drop { $0 <= 0x20 }
    let line = content.prefix(longestTitleInCharacters * 4 + 1).prefix { $0 != 0x0A && $0 != 0x0D }
    let title = TextBuilder.title(of: line)
    return title.isEmpty || title.unicodeScalars.count > longestTitleInCharacters ? nil : title
  }
}
