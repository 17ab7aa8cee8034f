// What a facet counted.

/// How many of the found documents have which value.
public struct FacetCounts: Sendable, Equatable {
  /// A value and its documents.
  public struct Count: Sendable, Equatable {
    /// The value.
    public let value: FacetValue
    /// How many of the found documents have it.
    public let documents: Int

    /// Makes a pair.
    public init(_ value: FacetValue, _ documents: Int) {
      self.value = value
      self.documents = documents
    }
  }

  /// The values with the most documents, those first; of equals the lower value first.
  public var counts: [Count]
  /// How many different values the found documents have.
  public var valueCount: Int
  /// How many of the found documents have a value.
  public var documentCount: Int

  /// Makes counts.
  public init(counts: [Count], valueCount: Int, documentCount: Int) {
    self.counts = counts
    self.valueCount = valueCount
    self.documentCount = documentCount
  }
}
