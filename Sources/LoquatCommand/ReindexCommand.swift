// `loquat reindex`: makes an index anew from the texts that it keeps.

import ArgumentParser
import Loquat

struct ReindexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reindex", abstract: "Make the index anew from the texts that it keeps.",
    discussion: """
      After a change of Loquat or ICU that cuts text otherwise, or to give the index another analyzer or other words. \
      Until the new one is complete, searches see the old one.
      """)

  @OptionGroup var location: IndexLocation

  @Option(help: "How text becomes terms: mixed, english, chinese or whitespace (default: as before).")
  var analyzer: AnalyzerName?

  @OptionGroup var words: WordFileOptions

  @Option(help: "Threads (default: one for each processor).")
  var threads = 0

  @Option(help: "Memory for documents that are not on disk yet, in MB.")
  var memoryBudget = 256

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    guard (0...256).contains(threads) else { throw ValidationError("--threads takes 1 to 256") }
    guard (1...1 << 20).contains(memoryBudget) else { throw ValidationError("--memory-budget takes 1 or more") }
  }

  func run() throws {
    let index = try LoquatIndex.open(path: try location.existing())
    var settings = index.settings
    if let analyzer { settings.analyzer.name = analyzer }
    settings.analyzer = try words.applied(to: settings.analyzer)
    var options = IndexingOptions()
    options.threads = threads
    options.memoryBudgetInBytes = memoryBudget << 20
    options.lockTimeoutInMilliseconds = 2_000
    try IndexingReport(try index.rebuild(settings, options)).print(asJSON: json)
  }
}
