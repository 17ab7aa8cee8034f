// The program that writes generated corpora.

import ArgumentParser
import CorpusModel
@preconcurrency import Glibc

/// `CorpusGenerator`: as large a corpus as asked for, as JSON Lines.
struct CorpusGeneratorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "CorpusGenerator",
    abstract: "Generate a corpus of English, Chinese and mixed documents as JSON Lines.",
    discussion: """
      Each line is an object with id, title, text, date, category, lang and views. The same seed, mix and mean length \
      give the same bytes on every machine; document number I depends on nothing else, so that ranges of one corpus \
      can be generated separately.
      """)

  @Option(help: "How many documents to write.")
  var documents: UInt64?

  @Option(help: "Stop with the document that reaches SIZE bytes (1G = 10^9, 1Gi = 2^30; also K, M, T).")
  var bytes: ByteSize?

  @Option(help: "The seed of the corpus.")
  var seed: UInt64 = 1

  @Option(help: "The number of the first document.")
  var first: UInt64 = 0

  @Option(help: "Shares of English, Traditional, Simplified and mixed documents.")
  var mix: String = "en=50,hant=20,hans=20,mixed=10"

  @Option(help: "The mean length of the texts in words.")
  var meanLength: Int = 300

  @Option(help: "The file to write; standard output if not given.")
  var output: String?

  @Option(help: "How many threads generate; the output is the same.")
  var threads: Int = 1

  @Flag(help: "Print counts to standard error at the end (slower: every word is counted).")
  var stats = false

  func validate() throws {
    guard documents != nil || bytes != nil else {
      throw ValidationError("give the size of the corpus with --documents or --bytes")
    }
    guard CorpusProducer.threadCounts.contains(threads) else {
      throw ValidationError("threads: \(threads) is not between 1 and \(CorpusProducer.threadCounts.upperBound)")
    }
  }

  func run() async throws {
    let parameters = try CorpusParameters(seed: seed, mix: KindMix(parsing: mix), meanLength: meanLength)
    let sink = try OutputFile(path: output)
    var producer = CorpusProducer(model: CorpusModel(), parameters: parameters)
    producer.first = first
    producer.documents = documents
    producer.bytes = bytes?.count
    producer.threads = threads
    producer.recordingWords = stats
    let clock = ContinuousClock()
    let start = clock.now
    let statistics = try await producer.produce { block in try block.withBytes(sink.write) }
    try sink.close()
    if stats { report(statistics, elapsed: clock.now - start) }
  }

  private func report(_ statistics: CorpusStatistics, elapsed: Duration) {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    func rounded(_ value: Double) -> String { String((value * 100).rounded() / 100) }
    var text = """
      documents       \(statistics.documents)
      bytes           \(statistics.bytes)
      words           \(statistics.words)
      distinct words  \(statistics.distinctWords)

      """
    for kind in DocumentKind.allCases {
      let label = "share " + kind.name
      let padding = String(repeating: " ", count: max(1, 16 - label.count))
      text += "\(label)\(padding)\(rounded(statistics.share(of: kind) * 100)) %\n"
    }
    text += "seconds         \(rounded(seconds))\n"
    StandardError.print(text)
  }
}
