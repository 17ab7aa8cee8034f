// What an index's owner changed of the ranking.

public import Analysis
import FoundationEssentials
import InvertedIndex
import Storage

/// Parameters and weights in place of the defaults, kept with the index: every search uses them unless it brings its
/// own. Changing them touches no document.
public struct RankingSettings: Sendable, Equatable, Codable {
  /// BM25's k1; nil for that of the analyzer.
  public var k1: Float?
  /// BM25's b; nil for that of the analyzer.
  public var b: Float?
  /// Weights by their names (``RankingWeights/names``).
  public var weights: [String: Float]

  /// Settings; nothing is changed where nothing is given.
  public init(k1: Float? = nil, b: Float? = nil, weights: [String: Float] = [:]) {
    self.k1 = k1
    self.b = b
    self.weights = weights
  }

  /// These settings, with those of `others` where it has them.
  public func merging(_ others: RankingSettings) -> RankingSettings {
    RankingSettings(
      k1: others.k1 ?? k1, b: others.b ?? b, weights: weights.merging(others.weights) { _, new in new })
  }

  /// Checks that everything lies in its range.
  ///
  /// - Throws: an `IndexError` with code `invalidArgument` that says what does not.
  public func validate() throws {
    if let k1, !(k1 >= 0 && k1.isFinite) { throw IndexError(.invalidArgument, "k1 is a number from 0") }
    if let b, !(b >= 0 && b <= 1) { throw IndexError(.invalidArgument, "b lies between 0 and 1") }
    for (name, weight) in weights {
      guard RankingWeights.names.contains(name) else {
        throw IndexError(
          .invalidArgument, "there is no weight \"\(name)\"; there are \(RankingWeights.names.joined(separator: ", "))")
      }
      try RankingWeights.check(weight, name)
    }
  }

  /// The default weights for an analyzer with those set here.
  public func rankingWeights(for analyzer: AnalyzerName) -> RankingWeights {
    var result = RankingWeights(for: analyzer)
    for (name, weight) in weights { result[name] = weight }
    return result
  }

  static let key = "ranking"

  /// Reads the settings of a snapshot: none where there are none, or where they come from a newer program.
  init(userData: [String: String]) {
    self =
      userData[Self.key].flatMap { try? JSONDecoder().decode(RankingSettings.self, from: Data($0.utf8)) } ?? .init()
  }

  func write(to writer: IndexWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    writer.setUserData(String(decoding: try encoder.encode(self), as: UTF8.self), forKey: Self.key)
  }
}
