// `loquat search`: ranked results in a terminal or as JSON.

public import ArgumentParser
import FoundationEssentials
public import Loquat

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search the index.",
    discussion: "Several arguments are one query, joined by blanks; -- ends the options.")

  @Argument(help: "The query: words, \"phrases\", +required, -not, field:word, pre*, w?ld, fuzzy~1, /regexp/, (…).")
  var query: [String]

  @OptionGroup var location: IndexLocation

  @Option(name: .customShort("k"), help: "How many results.")
  var limit = 10

  @Option(help: "How many of the best to leave out first.")
  var offset = 0

  @Option(help: "What stands between words without an operator: or, and.")
  var `operator` = DefaultOperator.or

  @Option(
    help: ArgumentHelp(
      "Only results that match this query too, which does not score; may come several times.", valueName: "query"))
  var filter: [String] = []

  @Option(
    help: ArgumentHelp(
      "Sort by fields of numbers or dates instead of by score: FIELD[:asc|desc], several with commas; _score is one.",
      valueName: "fields"))
  var sort: String?

  @Option(
    help: ArgumentHelp(
      "Count all results by a field: FIELD[:N][/INTERVAL]; N values, 10 by default; INTERVAL a number, year, month or day; may come several times.",
      valueName: "field"))
  var facet: [String] = []

  @OptionGroup var ranking: RankingArguments

  @Option(help: "Favour what is recent: after so many days a document gains half of what one of today gains.")
  var recency: Double?

  @Option(help: "The field of dates by which documents that are no files are recent.")
  var recencyField = "date"

  @Option(
    name: .customLong("boost-by"),
    help: ArgumentHelp(
      "Raise scores by a field of numbers: by half where it has that value, twice at most; may come several times.",
      valueName: "field=x"))
  var boostBy: [String] = []

  @Option(help: ArgumentHelp("Give up after so many milliseconds.", valueName: "ms"))
  var timeout: Int?

  @Option(help: "How many threads search; pays where a search takes milliseconds.")
  var threads = 1

  @Flag(help: "Print the results as JSON.")
  var json = false

  @Flag(help: "Show the parts of each score.")
  var explain = false

  func validate() throws {
    guard limit >= 0, offset >= 0 else { throw ValidationError("-k and --offset are not negative") }
    if let recency, !(recency > 0 && recency.isFinite) { throw ValidationError("--recency takes a number of days") }
    if threads < 1 { throw ValidationError("--threads is 1 or more") }
    if let timeout, timeout <= 0 { throw ValidationError("--timeout takes a number of milliseconds above 0") }
    _ = try fieldBoosts()
    _ = try sortFields()
    _ = try facetFields()
  }

  private func facetFields() throws -> [FacetField] {
    try facet.map { text in
      guard let field = FacetField(text[...]) else {
        throw ValidationError("--facet takes FIELD[:N][/INTERVAL], not \"\(text)\"")
      }
      return field
    }
  }

  private func sortFields() throws -> [SortField] {
    try (sort?.split(separator: ",", omittingEmptySubsequences: false) ?? []).map { text in
      guard let field = SortField(text) else {
        throw ValidationError("--sort takes FIELD[:asc|desc],…, not \"\(text)\"")
      }
      return field
    }
  }

  private func fieldBoosts() throws -> [FieldBoost] {
    try boostBy.map { option in
      guard let equals = option.lastIndex(of: "="), let pivot = Double(option[option.index(after: equals)...]),
        pivot > 0
      else { throw ValidationError("--boost-by takes FIELD=NUMBER, not \"\(option)\"") }
      return FieldBoost(String(option[..<equals]), .saturation(pivot: pivot))
    }
  }

  private func parse(filter: String, _ snapshot: IndexSnapshot) throws -> QueryTree {
    let tree: QueryTree?
    do {
      tree = try snapshot.parse(filter, `operator`)
    } catch {
      throw CommandError("the query of --filter does not parse: \(error.describe(in: filter))")
    }
    guard let tree else { throw CommandError("--filter is empty") }
    return tree
  }

  func run() throws {
    let text = query.joined(separator: " ")
    let index = try location.open()
    var request = SearchRequest(limit: limit, offset: offset)
    request.defaultOperator = `operator`
    request.filters = try filter.map { try parse(filter: $0, index.current) }
    request.sort = try sortFields()
    request.facets = try facetFields()
    request.threads = threads
    request.control = timeout.map { SearchControl(timeout: .milliseconds($0)) }
    request.explains = explain
    request.recency = recency.map { RecencyBoost(halfLifeInDays: $0, field: recencyField) }
    request.boosts = try fieldBoosts()
    let settings = index.current.ranking.merging(try ranking.settings())
    request.bm25 = index.current.bm25(settings)
    request.weights = index.current.weights(settings)
    let result: SearchResult
    do {
      result = try index.search(text, request)
    } catch let error as QueryParseError {
      throw CommandError("the query does not parse: \(error.describe(in: text))")
    }
    if json {
      try JSONOutput.print(SearchOutput(text, result, explains: explain))
    } else {
      SearchReport(result).print()
    }
    if !result.hasTerms { Terminal.printError("the query has no term to search for") }
    if result.total == 0 { throw ExitCode(CommandStatus.nothingFound) }
  }
}

extension DefaultOperator: ExpressibleByArgument {}

/// The shape of `search --json`.
private struct SearchOutput: Encodable {
  struct Hit: Encodable {
    let rank: Int
    let id: String
    let score: Float
    let path: String?
    let title: String
    let snippet: String?
    let highlights: [String: [[Int]]]
    let explanation: ExplanationOutput?
  }

  final class ExplanationOutput: Encodable {
    let value: Float
    let description: String
    let details: [ExplanationOutput]

    init(_ explanation: Explanation) {
      value = explanation.value
      description = explanation.description
      details = explanation.details.map(ExplanationOutput.init)
    }
  }

  struct Facet: Encodable {
    struct Count: Encodable {
      let value: String
      let count: Int
    }

    let field: String
    let values: [Count]
    let distinct: Int
    let documents: Int
  }

  let query: String
  let total: Int
  let took_ms: Double
  let hits: [Hit]
  /// Left out where none was asked for.
  let facets: [Facet]?

  init(_ query: String, _ result: SearchResult, explains: Bool) {
    self.query = query
    total = result.total
    took_ms = (result.seconds * 1e6).rounded() / 1e3
    facets =
      result.facets.isEmpty
      ? nil
      : result.facets.map { facet in
        Facet(
          field: facet.field.field, values: facet.counts.map { .init(value: $0.value, count: $0.documents) },
          distinct: facet.valueCount, documents: facet.documentCount)
      }
    hits = result.hits.map { hit in
      Hit(
        rank: hit.rank, id: hit.id, score: hit.score, path: hit.path, title: hit.title, snippet: hit.snippet?.html(),
        highlights: hit.highlights.mapValues { $0.map { [$0.lowerBound, $0.upperBound] } },
        explanation: hit.explanation.map(ExplanationOutput.init))
    }
  }
}

/// Results for people.
private struct SearchReport {
  private let result: SearchResult
  private let usesColour = Terminal.usesColour

  init(_ result: SearchResult) { self.result = result }

  func print() {
    var out = ""
    for hit in result.hits {
      let title = hit.title.isEmpty ? hit.id : hit.title
      out += "\(hit.rank). \(usesColour ? "\u{1B}[1m\(Terminal.clean(title))\u{1B}[0m" : Terminal.clean(title))"
      out += "  (\(Format.fixed(Double(hit.score), 3)))\n"
      if !hit.title.isEmpty { out += "   \(Terminal.clean(hit.id))\n" }
      if let snippet = hit.snippet {
        let text = snippet.terminal(usesColour ? .bold : .plain)
        if !text.isEmpty { out += "   \(text)\n" }
      }
      if let explanation = hit.explanation { out += describe(explanation, indent: 3) }
      out += "\n"
    }
    for facet in result.facets { out += describe(facet) }
    let results = result.total == 1 ? "1 result" : "\(result.total) results"
    out += "\(results) in \(Format.seconds(result.seconds))"
    out += result.hits.isEmpty && result.hasTerms ? "; understood as: \(Terminal.clean(result.query))\n" : "\n"
    Terminal.write(out, to: 1)
  }

  private func describe(_ facet: SearchResult.Facet) -> String {
    let width = facet.counts.first.map { String($0.documents).count } ?? 0
    var text =
      "\(Terminal.clean(facet.field.field)): \(facet.valueCount) different in \(facet.documentCount) of the results\n"
    for count in facet.counts {
      let number = String(count.documents)
      text +=
        "   \(String(repeating: " ", count: max(0, width - number.count)))\(number)  \(Terminal.clean(count.value))\n"
    }
    return text + "\n"
  }

  private func describe(_ explanation: Explanation, indent: Int) -> String {
    let blanks = String(repeating: " ", count: indent)
    var text = "\(blanks)\(Format.fixed(Double(explanation.value), 4))  \(Terminal.clean(explanation.description))\n"
    for detail in explanation.details { text += describe(detail, indent: indent + 2) }
    return text
  }
}
