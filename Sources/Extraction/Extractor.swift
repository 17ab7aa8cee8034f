// The protocol of everything that turns a kind of file into documents.

/// Turns files of one kind into documents. One extractor serves any number of threads at a time.
public protocol Extractor: Sendable {
  /// Hands each document of the file to `deliver`, in their order.
  ///
  /// Time and memory are linear in the file's size.
  /// - Throws: `ExtractionError` when the file as a whole can't be read; whatever `deliver` throws. A part that can't
  ///   be read is noted in the summary, and the rest goes on.
  func extract(
    _ file: SourceFile, deliver: (ExtractedDocument) throws -> Void
  ) throws -> ExtractionSummary
}
