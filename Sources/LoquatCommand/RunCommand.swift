// `loquat run`: many queries, results as a TREC run.

import ArgumentParser
@preconcurrency import Glibc
import Loquat

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a file of queries (qid<TAB>text) and write a TREC run.",
    discussion: "The text is plain text, a bag of terms of which any may match, not query syntax.")

  @OptionGroup var location: IndexLocation

  @Option(help: "The file of queries.")
  var queries: String

  @Option(help: "The file to write, - for standard output.")
  var output: String

  @Option(name: .customShort("k"), help: "How many results for each query.")
  var limit = 100

  @Option(help: "The last column of the run.")
  var tag = "loquat"

  @OptionGroup var ranking: RankingArguments

  func validate() throws {
    guard limit > 0 else { throw ValidationError("-k takes 1 or more") }
  }

  func run() throws {
    let snapshot = try location.open().current
    let batch = try BatchSearch(snapshot, ranking.settings())
    let file = try QueryFile(queries)
    let target = output == "-" ? STDOUT_FILENO : open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard target >= 0 else { throw CommandError("\(output) cannot be written: \(String(cString: strerror(errno)))") }
    defer { if target != STDOUT_FILENO { close(target) } }
    var out = ""
    try file.forEachQuery { qid, text in
      for (place, hit) in try batch.search(text, limit: limit).enumerated() {
        out += "\(qid) Q0 \(hit.id) \(place + 1) \(hit.score) \(tag)\n"
      }
      if out.utf8.count > 1 << 16 {
        Terminal.write(out, to: target)
        out = ""
      }
    }
    Terminal.write(out, to: target)
  }
}
