// What a run of the throughput benchmark is asked to do.

public import Loquat

/// The settings of one run; the defaults take a few minutes on two processors.
public struct BenchSettings: Sendable {
  /// A file of JSON Lines or a folder of files; nil to generate a corpus.
  public var corpus: String?
  /// How many documents are generated.
  public var documents = 100_000
  /// The mean length of generated texts in words.
  public var meanLength = 300
  /// A file of queries; nil to draw them from the corpus.
  public var queryFile: String?
  /// How many queries of each kind are drawn.
  public var queriesPerKind = 100
  /// The seed of the corpus, of the queries and of arrival times.
  public var seed: UInt64 = 1
  /// The analyzer of the index.
  public var analyzer = AnalyzerName.mixed
  /// The most threads that query at a time; 0 for one for each processor.
  public var threads = 0
  /// About how many seconds are spent on each cell of the tables.
  public var secondsPerCell = 0.7
  /// How many seconds queries arrive at each rate of the open loop.
  public var secondsPerRate = 5.0
  /// How often queries are asked of a cold index.
  public var coldRounds = 3
  /// Whether parts of the corpus are indexed too, to show how size and time grow.
  public var measuresGrowth = true
  /// The folder for corpus and indexes.
  public var workFolder = ".build-bench/work"
  /// The folder for the results.
  public var outputFolder = ".build-bench/report"

  /// The default settings.
  public init() {}

  /// 1, 2, 4 … and the most.
  func threadCounts(_ most: Int) -> [Int] {
    var counts: [Int] = []
    var count = 1
    while count < most {
      counts.append(count)
      count *= 2
    }
    return counts + [most]
  }
}
