// The decoded text of a file, with errors that name it.

extension SourceFile {
  func decodedText(isMarkup: Bool) throws(ExtractionError) -> DecodedText {
    do {
      return try TextDecoder().decode(try bytes(), isMarkup: isMarkup)
    } catch {
      throw error.inFile(path)
    }
  }
}

extension ExtractionSummary {
  /// The summary of a file that is one document.
  init(of text: DecodedText) {
    self.init()
    documents = 1
    encoding = text.encoding
    hasReplacements = text.hasReplacements
  }
}
