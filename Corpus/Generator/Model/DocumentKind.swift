// The languages and scripts of documents.

/// What a document is written in.
public enum DocumentKind: Int, CaseIterable, Sendable {
  /// English.
  case english
  /// Chinese in Traditional characters with Hong Kong usage.
  case traditional
  /// Chinese in Simplified characters.
  case simplified
  /// Chinese, in either script, and English side by side.
  case mixed

  /// The name in a mix such as `en=50,hant=20,hans=20,mixed=10`.
  public var name: String {
    switch self {
    case .english: "en"
    case .traditional: "hant"
    case .simplified: "hans"
    case .mixed: "mixed"
    }
  }

  /// The value of the field `lang` of a document: a language tag of BCP 47, or `mixed`.
  public var languageTag: String {
    switch self {
    case .english: "en"
    case .traditional: "zh-Hant"
    case .simplified: "zh-Hans"
    case .mixed: "mixed"
    }
  }
}
