// The version of this package.

/// The version of Loquat.
public enum LoquatVersion {
  /// Semantic version.
  public static let current = "0.1.0"
}
