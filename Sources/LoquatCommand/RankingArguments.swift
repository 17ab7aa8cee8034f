// The options that change the ranking.

import ArgumentParser
import Loquat

/// `--k1`, `--b` and `--weight`.
struct RankingArguments: ParsableArguments {
  @Option(help: "BM25's k1.")
  var k1: Float?

  @Option(help: "BM25's b.")
  var b: Float?

  @Option(
    name: .customLong("weight"),
    help: ArgumentHelp(
      "How much a part of the score counts; may come several times. Names: \(RankingWeights.names.joined(separator: ", ")).",
      valueName: "name=x"))
  var weights: [String] = []

  func validate() throws { _ = try settings() }

  /// What the options say.
  func settings() throws -> RankingSettings {
    var settings = RankingSettings(k1: k1, b: b)
    for option in weights {
      guard let equals = option.firstIndex(of: "="), let weight = Float(option[option.index(after: equals)...]) else {
        throw ValidationError("--weight takes NAME=NUMBER, not \"\(option)\"")
      }
      settings.weights[String(option[..<equals])] = weight
    }
    do {
      try settings.validate()
    } catch let error as IndexError {
      throw ValidationError(error.message)
    }
    return settings
  }
}
