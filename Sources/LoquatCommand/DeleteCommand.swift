// `loquat delete`: takes the documents that a query finds out of the index.

import ArgumentParser
import Loquat

struct DeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete the documents that a query finds.",
    discussion: """
      Deletes exactly what loquat search finds with the same query. Files that are still there come back with the next \
      loquat index. Several arguments are one query, joined by blanks; -- ends the options.
      """)

  @Argument(help: "The query, as for loquat search.")
  var query: [String]

  @OptionGroup var location: IndexLocation

  @Option(help: "What stands between words without an operator: or, and.")
  var `operator` = DefaultOperator.or

  @Flag(help: "Only count the documents.")
  var dryRun = false

  @Flag(help: "Print the count as JSON.")
  var json = false

  /// The shape of `delete --json`.
  private struct Output: Encodable {
    let query: String
    let matched, deleted: Int
    let dry_run: Bool
  }

  func run() throws {
    let text = query.joined(separator: " ")
    let index = try location.open()
    let matched: Int
    do {
      matched = try dryRun ? count(text, in: index) : delete(text, from: index)
    } catch let error as QueryParseError {
      throw CommandError("the query does not parse: \(error.describe(in: text))")
    }
    if json {
      try JSONOutput.print(Output(query: text, matched: matched, deleted: dryRun ? 0 : matched, dry_run: dryRun))
    } else {
      let documents = matched == 1 ? "1 document" : "\(matched) documents"
      print(dryRun ? "\(documents) would be deleted" : "\(documents) deleted")
    }
    if matched == 0 { throw ExitCode(CommandStatus.nothingFound) }
  }

  private func count(_ text: String, in index: LoquatIndex) throws -> Int {
    guard let tree = try index.current.parse(text, `operator`) else { throw CommandError("the query is empty") }
    var request = SearchRequest(limit: 0)
    request.defaultOperator = `operator`
    return try index.current.search(tree, request).total
  }

  private func delete(_ text: String, from index: LoquatIndex) throws -> Int {
    var options = IndexingOptions()
    options.lockTimeoutInMilliseconds = 2_000
    return try index.delete(where: text, `operator`, options).removed
  }
}
