// The shares of the kinds of documents, and their textual form.

/// How many documents of each kind, in proportion.
public struct KindMix: Sendable, Equatable {
  /// Half English, a fifth each of Traditional and Simplified Chinese, a tenth mixed.
  public static let standard = KindMix(weights: [50, 20, 20, 10])

  /// The largest weight of a kind.
  public static let maximumWeight = 1_000_000

  /// The weight of each kind, by its raw value.
  let weights: [Int]
  /// The sum of the weights, above zero.
  let total: Int

  private init(weights: [Int]) {
    self.weights = weights
    total = weights.reduce(0, +)
  }

  /// Parses a list such as `en=50,hant=20,hans=20,mixed=10`. Kinds not named get no documents.
  ///
  /// - Throws: ``CorpusError`` for an unknown or repeated kind, a weight that is not a whole number from 0 to 1 000 000,
  ///   or weights that are all zero.
  public init(parsing text: String) throws(CorpusError) {
    var weights: [Int?] = Array(repeating: nil, count: DocumentKind.allCases.count)
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let kind = DocumentKind.allCases.first(where: { $0.name == sides[0] }) else {
        throw CorpusError(message: "mix: '\(part)' is not one of en=N, hant=N, hans=N, mixed=N")
      }
      guard let weight = Int(sides[1]), (0...Self.maximumWeight).contains(weight) else {
        throw CorpusError(message: "mix: '\(sides[1])' is not a whole number from 0 to \(Self.maximumWeight)")
      }
      guard weights[kind.rawValue] == nil else {
        throw CorpusError(message: "mix: '\(kind.name)' is given twice")
      }
      weights[kind.rawValue] = weight
    }
    self.init(weights: weights.map { $0 ?? 0 })
    guard total > 0 else { throw CorpusError(message: "mix: at least one kind needs a share above zero") }
  }

  /// The expected share of a kind, between 0 and 1.
  public func share(of kind: DocumentKind) -> Double { Double(weights[kind.rawValue]) / Double(total) }

  /// The kind that a number in `0..<total` stands for.
  func kind(at point: Int) -> DocumentKind {
    var rest = point
    for kind in DocumentKind.allCases {
      rest -= weights[kind.rawValue]
      if rest < 0 { return kind }
    }
    return .mixed
  }
}
