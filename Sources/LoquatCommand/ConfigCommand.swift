// `loquat config`: the ranking that is kept with an index.

import ArgumentParser
import Loquat

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show or change the ranking that is kept with the index.",
    discussion: "Options given here hold for every search that brings none of its own. No document is touched.")

  @OptionGroup var location: IndexLocation

  @OptionGroup var ranking: RankingArguments

  @Flag(help: "Go back to the defaults first.")
  var reset = false

  @Flag(help: "Print as JSON.")
  var json = false

  private struct Output: Encodable {
    let k1, b: Float
    let weights: [String: Float]
    let changed: [String]
  }

  func run() throws {
    let index = try location.open()
    let asked = try ranking.settings()
    if reset || asked != RankingSettings() {
      try index.setRanking((reset ? RankingSettings() : index.current.ranking).merging(asked))
    }
    let snapshot = index.current
    let settings = snapshot.ranking
    let bm25 = snapshot.bm25(settings)
    let weights = snapshot.weights(settings)
    var changed = settings.weights.keys.sorted()
    if settings.k1 != nil { changed.append("k1") }
    if settings.b != nil { changed.append("b") }
    if json {
      try JSONOutput.print(
        Output(
          k1: bm25.k1, b: bm25.b,
          weights: Dictionary(uniqueKeysWithValues: RankingWeights.names.map { ($0, weights[$0] ?? 0) }),
          changed: changed))
      return
    }
    let values = [("k1", bm25.k1), ("b", bm25.b)] + RankingWeights.names.map { ($0, weights[$0] ?? 0) }
    for (name, value) in values {
      let blanks = String(repeating: " ", count: max(1, 15 - name.count))
      print("\(name)\(blanks)\(value)\(changed.contains(name) ? "  (changed)" : "")")
    }
  }
}
