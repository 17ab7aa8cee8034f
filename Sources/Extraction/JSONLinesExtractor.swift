// JSON Lines files as containers of documents.

/// Takes each line of a JSON Lines file as a document, whose part is the line's number.
///
/// Streams the file whatever its size. Lines that aren't right are noted, and the rest goes on. An id isn't needed here.
public struct JSONLinesExtractor: Extractor {
  /// An extractor.
  public init() {}

  /// Hands over a document for each line.
  public func extract(
    _ file: SourceFile, deliver: (ExtractedDocument) throws -> Void
  ) throws -> ExtractionSummary {
    var summary = ExtractionSummary()
    let reader = try file.lines()
    let parser = try JSONLineParser(requiresID: false)
    while let chunk = try reader.next() {
      for error in chunk.refusedLines { summary.refuse(error) }
      for line in chunk.lines {
        let document: ExtractedDocument
        do throws(ExtractionError) {
          document = ExtractedDocument(try parser.parse(line), part: line.number)
        } catch {
          summary.refuse(error.inFile(file.path))
          continue
        }
        try deliver(document)
        summary.documents += 1
      }
    }
    return summary
  }
}

extension ExtractedDocument {
  fileprivate init(_ record: JSONRecord, part: Int) {
    let title = String(decoding: record.title, as: UTF8.self)
    self.init(
      part: part, id: record.id.isEmpty ? nil : String(decoding: record.id, as: UTF8.self), title: title,
      text: Array(record.text),
      fields: record.fields.map { (String(decoding: $0.name, as: UTF8.self), $0.value.copy) })
  }
}
