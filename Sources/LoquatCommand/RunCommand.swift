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

  @Option(help: "BM25's k1.")
  var k1: Float?

  @Option(help: "BM25's b.")
  var b: Float?

  func validate() throws {
    guard limit > 0 else { throw ValidationError("-k takes 1 or more") }
  }

  func run() throws {
    let snapshot = try location.open().current
    let compiler = try snapshot.makeQueryCompiler()
    var bm25 = snapshot.defaultBM25
    if let k1 { bm25.k1 = k1 }
    if let b { bm25.b = b }
    let searcher = snapshot.makeSearcher(bm25)
    let documents = snapshot.reader.makeDocumentReader()
    let input = open(queries, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw CommandError("\(queries) cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(input) }
    let target = output == "-" ? STDOUT_FILENO : open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard target >= 0 else { throw CommandError("\(output) cannot be written: \(String(cString: strerror(errno)))") }
    defer { if target != STDOUT_FILENO { close(target) } }
    var lines = InputLines(descriptor: input)
    var number = 0
    var out = ""
    while let line = lines.next() {
      number += 1
      if line.isEmpty { continue }
      guard let tab = line.firstIndex(of: "\t") else { throw CommandError("\(queries):\(number): there is no tab") }
      let qid = line[..<tab]
      let query = compiler.compile(text: String(line[line.index(after: tab)...]))
      for (place, hit) in try searcher.search(query, SearchOptions(limit: limit)).hits.enumerated() {
        out += "\(qid) Q0 \(try documents.id(of: hit.address)) \(place + 1) \(hit.score) \(tag)\n"
      }
      if out.utf8.count > 1 << 16 {
        Terminal.write(out, to: target)
        out = ""
      }
    }
    Terminal.write(out, to: target)
  }
}
