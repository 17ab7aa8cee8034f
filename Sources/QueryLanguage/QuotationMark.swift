// The marks that quote a phrase.

/// A mark that quotes, as it stands in UTF-8 text.
enum QuotationMark {
  case straight, leftDouble, rightDouble, leftCorner, rightCorner

  /// The mark that ends what this one begins; nil for marks that only end.
  var closer: QuotationMark? {
    switch self {
    case .straight: .straight
    case .leftDouble: .rightDouble
    case .leftCorner: .rightCorner
    case .rightDouble, .rightCorner: nil
    }
  }

  /// Its length in UTF-8.
  var length: Int { self == .straight ? 1 : 3 }

  /// The mark as text.
  var text: String {
    switch self {
    case .straight: "\""
    case .leftDouble: "“"
    case .rightDouble: "”"
    case .leftCorner: "「"
    case .rightCorner: "」"
    }
  }
}
