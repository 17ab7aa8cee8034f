// `loquat protocol`: the line protocol of the search-benchmark-game.

import ArgumentParser
import Loquat

struct ProtocolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocol", abstract: "Answer the line protocol of the search-benchmark-game on standard input.",
    discussion: """
      A line in is COMMAND<TAB>QUERY, a line out its answer: COUNT, TOP_10, TOP_100, TOP_1000, TOP_10_COUNT, \
      TOP_100_COUNT, TOP_1000_COUNT, DOCS_N; anything else answers UNSUPPORTED.
      """)

  @OptionGroup var location: IndexLocation

  @Flag(
    help: """
      Add the nanoseconds of execution and of parsing to each answer. Parsing ends where the text has become operators \
      over terms, as in other engines' parsers; looking terms up is execution.
      """)
  var timings = false

  @Flag(
    help: """
      With --timings, answer DOCS_N and UNSUPPORTED without times, for harnesses that split the one at white space and \
      compare the other.
      """)
  var plainDocuments = false

  @Option(help: "How many threads answer each query.")
  var threads = 1

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads is 1 or more") }
  }

  func run() throws {
    let snapshot = try location.open().current
    var answerer = try ProtocolAnswerer(snapshot, threads: threads)
    var lines = InputLines(descriptor: 0)
    while let line = lines.next() {
      let answer = answerer.answer(line)
      if timings, answer.isNumber || !plainDocuments {
        Terminal.write("\(answer.text)\t\(answer.execution)\t\(answer.parsing)\n", to: 1)
      } else {
        Terminal.write(answer.text + "\n", to: 1)
      }
    }
  }
}

/// Answers one line after another. Keeps nothing of one query for the next.
private struct ProtocolAnswerer {
  struct Answer {
    var text = "UNSUPPORTED"
    /// Nanoseconds.
    var execution: Int64 = 0
    var parsing: Int64 = 0
    var isNumber = false
  }

  private enum Command {
    case count
    case top(Int, counts: Bool)
    case documents(Int)

    init?(_ name: Substring) {
      if name == "COUNT" {
        self = .count
        return
      }
      let parts = name.split(separator: "_", omittingEmptySubsequences: false)
      guard parts.count >= 2, let number = Int(parts[1]), number > 0 else { return nil }
      switch (parts[0], parts.count, parts.last) {
      case ("TOP", 2, _) where [10, 100, 1000].contains(number): self = .top(number, counts: false)
      case ("TOP", 3, "COUNT") where [10, 100, 1000].contains(number): self = .top(number, counts: true)
      case ("DOCS", 2, _): self = .documents(number)
      default: return nil
      }
    }
  }

  private let snapshot: IndexSnapshot
  private let searcher: Searcher
  private let compiler: QueryCompiler
  private let documents: DocumentReader

  private let threads: Int

  init(_ snapshot: IndexSnapshot, threads: Int) throws {
    self.snapshot = snapshot
    self.threads = threads
    searcher = snapshot.makeSearcher()
    compiler = try snapshot.makeQueryCompiler()
    documents = snapshot.reader.makeDocumentReader()
  }

  mutating func answer(_ line: String) -> Answer {
    guard let tab = line.firstIndex(of: "\t"), let command = Command(line[..<tab]) else { return Answer() }
    let start = ContinuousClock.now
    var parsed: ContinuousClock.Instant?
    var answer = Answer()
    do {
      let tree = try snapshot.parse(String(line[line.index(after: tab)...]))
      let query = try tree.map { try compiler.compile($0) } ?? .none
      parsed = .now
      answer.text = try result(of: query, command)
      if case .documents = command {} else { answer.isNumber = true }
    } catch {
      Terminal.printError("\(error)")
    }
    let end = ContinuousClock.now
    answer.parsing = Self.nanoseconds(start, parsed ?? end)
    answer.execution = parsed.map { Self.nanoseconds($0, end) } ?? 0
    return answer
  }

  private func result(of query: Query, _ command: Command) throws -> String {
    switch command {
    case .count: return "\(try searcher.count(query))"
    case .top(let limit, let counts):
      let found = try searcher.search(query, options(limit: limit, countsTotal: counts))
      return counts ? "\(found.total ?? 0)" : "1"
    case .documents(let limit):
      let hits = try searcher.search(query, options(limit: limit, countsTotal: false)).hits
      return try hits.map { "\(try documents.id(of: $0.address)):\($0.score)" }.joined(separator: " ")
    }
  }

  private func options(limit: Int, countsTotal: Bool) -> SearchOptions {
    var options = SearchOptions(limit: limit, countsTotal: countsTotal)
    options.threads = threads
    return options
  }

  private static func nanoseconds(_ start: ContinuousClock.Instant, _ end: ContinuousClock.Instant) -> Int64 {
    let (seconds, attoseconds) = start.duration(to: end).components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
