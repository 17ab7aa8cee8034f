// A value of a facet.

/// A value that documents are counted by.
public enum FacetValue: Sendable, Hashable {
  /// The bytes of a term.
  case term([UInt8])
  /// A whole number.
  case integer(Int64)
  /// A real.
  case real(Double)
}
