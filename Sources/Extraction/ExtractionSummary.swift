// What extraction has to say about a file as a whole.

/// The result of extracting a file, beside its documents.
public struct ExtractionSummary: Sendable {
  /// How many documents were handed over.
  public var documents = 0
  /// The name of the encoding that the text was decoded from.
  public var encoding = "UTF-8"
  /// Whether some bytes stood for no character and became U+FFFD.
  public var hasReplacements = false
  /// How many parts of the file were refused.
  public var refusedParts = 0
  /// The first of the refused parts' errors, each with its line.
  public private(set) var problems: [ExtractionError] = []

  /// A summary of nothing.
  public init() {}

  mutating func refuse(_ error: ExtractionError) {
    refusedParts += 1
    if problems.count < ExtractionLimits.maximalReportedProblems { problems.append(error) }
  }
}
