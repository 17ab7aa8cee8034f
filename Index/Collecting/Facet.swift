// What found documents are counted by.

/// Counts found documents by a value that they have.
public struct Facet: Sendable {
  /// Where the values come from, and what of them is counted as one.
  public enum Source: Sendable {
    /// The terms of a field and space, each a value of its own; a document with several counts for each.
    case terms(FieldNumber, TermSpace)
    /// A column of whole numbers: by what a function makes of a value, or by the values themselves. Nil leaves a document
    /// out.
    case integers(FieldNumber, group: (@Sendable (Int64) -> Int64?)? = nil)
    /// A column of reals, in the same way; -0 counts as 0.
    case reals(FieldNumber, group: (@Sendable (Double) -> Double?)? = nil)
  }

  /// Where the values come from.
  public var source: Source
  /// How many values are wanted, those with the most documents.
  public var limit: Int

  /// Makes a facet.
  public init(_ source: Source, limit: Int = 10) {
    self.source = source
    self.limit = limit
  }
}
