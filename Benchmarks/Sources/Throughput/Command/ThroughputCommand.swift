// `loquat-bench`: the throughput benchmark on the command line.

public import ArgumentParser
public import Loquat
import ThroughputModel

@main
struct ThroughputCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loquat-bench", abstract: "Index a corpus, ask it queries of every kind, and report figures and plots."
  )

  @Option(help: "A file of JSON Lines or a folder of files; a corpus is generated without it.")
  var corpus: String?

  @Option(help: "How many documents are generated.")
  var documents = 100_000

  @Option(help: "The mean length of generated texts in words.")
  var meanLength = 300

  @Option(help: "A file of queries, KIND<TAB>QUERY a line; they are drawn from the corpus without it.")
  var queries: String?

  @Option(help: "How many queries of each kind are drawn.")
  var queriesPerKind = 100

  @Option(help: "The seed of corpus, queries and arrivals.")
  var seed: UInt64 = 1

  @Option(help: "How text becomes terms: mixed, english, chinese or whitespace.")
  var analyzer = AnalyzerName.mixed

  @Option(help: "The most threads that query (default: one for each processor).")
  var threads = 0

  @Option(help: "Seconds for each cell of the tables of throughput.")
  var seconds = 0.7

  @Option(help: "Seconds for each rate of the open loop.")
  var openSeconds = 5.0

  @Flag(inversion: .prefixedNo, help: "Index parts of the corpus too, to show how figures grow.")
  var growth = true

  @Option(help: "The folder for the results: results.json, report.html, plots.")
  var output = ".build-bench/report"

  @Option(help: "The folder for the generated corpus and the indexes.")
  var work = ".build-bench/work"

  func validate() throws {
    guard documents > 0, queriesPerKind > 0, seconds > 0, openSeconds > 0 else {
      throw ValidationError("numbers of documents, queries and seconds are above zero")
    }
    guard (0...1024).contains(threads) else { throw ValidationError("--threads takes 1 to 1024") }
  }

  func run() throws {
    var settings = BenchSettings()
    settings.corpus = corpus
    settings.documents = documents
    settings.meanLength = meanLength
    settings.queryFile = queries
    settings.queriesPerKind = queriesPerKind
    settings.seed = seed
    settings.analyzer = analyzer
    settings.threads = threads
    settings.secondsPerCell = seconds
    settings.secondsPerRate = openSeconds
    settings.measuresGrowth = growth
    settings.workFolder = work
    settings.outputFolder = output
    let bar = ProgressBar()
    let results = try ThroughputRun(settings) { bar.show($0) }.run()
    bar.clear()
    try ReportWriter.write(results, to: output)
    print(results.heading + "\n")
    for table in results.tables { print(table.text) }
    print("\(output)/report.html has the plots, \(output)/results.json the figures.")
  }
}

extension AnalyzerName: @retroactive ExpressibleByArgument {}
