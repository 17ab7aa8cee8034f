// Everything that a run measured, as it is written to `results.json`. Times are in nanoseconds where the name says so,
// in seconds otherwise; sizes in bytes.

/// The results of one run.
public struct BenchResults: Codable, Sendable {
  /// The machine and the program.
  public var machine: Machine
  /// The corpus and how it was indexed.
  public var corpus: CorpusFacts
  /// Making the index of the whole corpus.
  public var indexing: IndexingFigures
  /// How many queries of each kind there are, in the order of the tables.
  public var queryKinds: [KindCount] = []
  /// Closed loop: one figure for each kind, command and number of threads.
  public var throughput: [ThroughputFigure] = []
  /// Open loop: one figure for each rate of arrivals.
  public var openLoop: [OpenLoopFigure] = []
  /// The same queries cold, freshly opened and warm.
  public var temperature: [TemperatureFigure] = []
  /// The index of parts of the corpus.
  public var growth: [GrowthFigure] = []
  /// How long the whole run took.
  public var seconds = 0.0

  /// What was indexed.
  public struct CorpusFacts: Codable, Sendable {
    /// Where it came from.
    public var source: String
    /// The seed of corpus and queries.
    public var seed: UInt64
    /// The analyzer.
    public var analyzer: String
    /// Documents in the index.
    public var documents = 0
    /// Bytes of their titles and texts.
    public var textBytes = 0
  }

  /// The cost of making an index.
  public struct IndexingFigures: Codable, Sendable {
    /// Documents that were indexed.
    public var documents = 0
    /// Threads that indexed.
    public var threads = 0
    /// From the first byte to the commit.
    public var seconds = 0.0
    /// CPU time of all threads in that time.
    public var processorSeconds = 0.0
    /// Documents for each second.
    public var documentsPerSecond = 0.0
    /// 10^6 bytes of text for each second.
    public var megabytesPerSecond = 0.0
    /// The most memory that the process held meanwhile; includes what it held before.
    public var peakMemory = 0
    /// Segments after indexing.
    public var segments = 0
    /// Bytes before merging.
    public var bytesBeforeMerge = 0
    /// Merging to one segment.
    public var mergeSeconds = 0.0
    /// The most memory meanwhile.
    public var mergePeakMemory = 0
    /// Bytes of the merged index.
    public var bytes = 0
    /// Bytes by kind of file.
    public var files: [String: Int] = [:]
    /// Distinct terms.
    public var terms = 0
    /// Postings.
    public var postings = 0
  }

  /// How many queries a kind has.
  public struct KindCount: Codable, Sendable {
    /// The kind.
    public var kind: String
    /// The queries.
    public var queries: Int
  }

  /// One cell of the closed loop.
  public struct ThroughputFigure: Codable, Sendable {
    /// The kind of query.
    public var kind: String
    /// What was asked: `COUNT`, `TOP_10` …
    public var command: String
    /// Threads that asked, each one query after the other.
    public var threads: Int
    /// Queries answered for each second.
    public var queriesPerSecond: Double
    /// How long one query took, without any waiting.
    public var latency: LatencySummary
  }

  /// One rate of arrivals.
  public struct OpenLoopFigure: Codable, Sendable {
    /// Share of the throughput of the closed loop.
    public var load: Double
    /// Queries that arrived for each second.
    public var rate: Double
    /// From the moment a query arrived, waiting included: corrected for coordinated omission.
    public var latency: LatencySummary
    /// From the moment a thread took it: what an uncorrected measurement would say.
    public var serviceTime: LatencySummary
  }

  /// The same queries in one state of the caches.
  public struct TemperatureFigure: Codable, Sendable {
    /// `cold`, `opened` or `warm`.
    public var state: String
    /// How long opening the index took, on average.
    public var openNanoseconds: Double
    /// The share of the index that was in memory before.
    public var residentShare: Double
    /// One query after another.
    public var latency: LatencySummary
  }

  /// The index of a part of the corpus.
  public struct GrowthFigure: Codable, Sendable {
    /// Documents.
    public var documents: Int
    /// Bytes of text.
    public var textBytes: Int
    /// Indexing.
    public var seconds: Double
    /// Merging to one segment.
    public var mergeSeconds: Double
    /// Bytes of the index.
    public var bytes: Int
    /// The mean time of a query for the ten best, by kind.
    public var meanNanoseconds: [String: Double]
  }
}
