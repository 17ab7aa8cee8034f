// What can go wrong before analysis begins.

/// An error of opening an analyzer. Analysis itself doesn't fail: every text has tokens or none.
public enum AnalysisError: Error, Equatable, Sendable, CustomStringConvertible {
  /// ICU's data for word boundaries is missing.
  case breakIteratorUnavailable
  /// The Snowball library lacks the English stemmer.
  case stemmerUnavailable

  /// The error in words.
  public var description: String {
    switch self {
    case .breakIteratorUnavailable: "ICU's data for word boundaries is missing or unreadable"
    case .stemmerUnavailable: "libstemmer doesn't offer the English stemmer"
    }
  }
}
