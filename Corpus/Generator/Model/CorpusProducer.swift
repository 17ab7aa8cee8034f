// Corpora of any size, by one thread or several.

/// Produces the documents of a corpus in order, in blocks.
public struct CorpusProducer: Sendable {
  /// The number of threads that can be asked for.
  public static let threadCounts = 1...1024

  /// The number of the first document.
  public var first: UInt64 = 0
  /// How many documents to produce at most, or nil for no limit.
  public var documents: UInt64?
  /// Produce no further document once there are this many bytes, or nil for no limit.
  public var bytes: UInt64?
  /// How many blocks to generate at the same time.
  public var threads = 1
  /// Whether to count distinct words.
  public var recordingWords = false

  /// About how many words a block holds: about two megabytes, large for the system call, small for memory.
  var wordsPerBlock = 400_000

  private let model: CorpusModel
  private let parameters: CorpusParameters

  /// A producer without limits, for one thread.
  public init(model: CorpusModel, parameters: CorpusParameters) {
    self.model = model
    self.parameters = parameters
  }

  /// Produces the corpus and hands its blocks to `sink`, in order.
  ///
  /// The bytes do not depend on the number of threads. With a limit of bytes, the document that reaches it is the last,
  /// and is whole.
  /// - Returns: The counts of what was produced.
  /// - Throws: What `sink` throws; then production ends.
  public func produce(to sink: (CorpusBlock) throws -> Void) async throws -> CorpusStatistics {
    var statistics = CorpusStatistics()
    if threads <= 1 {
      let block = CorpusBlock(capacity: 4 << 20)
      var number: UInt64 = 0
      while let range = documentRange(ofBlock: number) {
        generate(range, into: block)
        guard try deliver(block, range, &statistics, sink) else { break }
        number += 1
      }
      return statistics
    }
    return try await withThrowingTaskGroup(of: (number: UInt64, block: CorpusBlock).self) { group in
      var started: UInt64 = 0
      var delivered: UInt64 = 0
      var waiting: [UInt64: CorpusBlock] = [:]
      func start(_ block: CorpusBlock) {
        guard let range = documentRange(ofBlock: started) else { return }
        let number = started
        started += 1
        group.addTask {
          generate(range, into: block)
          return (number, block)
        }
      }
      // Twice as many blocks as threads, so that none waits while blocks are written.
      for _ in 0..<2 * threads { start(CorpusBlock(capacity: 4 << 20)) }
      while let finished = try await group.next() {
        waiting[finished.number] = finished.block
        while let block = waiting.removeValue(forKey: delivered), let range = documentRange(ofBlock: delivered) {
          guard try deliver(block, range, &statistics, sink) else {
            group.cancelAll()
            return statistics
          }
          delivered += 1
          start(block)
        }
      }
      return statistics
    }
  }

  private func generate(_ range: Range<UInt64>, into block: CorpusBlock) {
    block.removeAll()
    model.generate(range, parameters: parameters, into: block, recordingWords: recordingWords)
  }

  /// The documents of a block, or nil behind the last block. The last document has the largest number there is at most.
  private func documentRange(ofBlock number: UInt64) -> Range<UInt64>? {
    let size = UInt64(max(1, wordsPerBlock / parameters.meanLength))
    let available = min(documents ?? .max, .max - first)
    let (start, overflow) = number.multipliedReportingOverflow(by: size)
    guard !overflow, start < available else { return nil }
    return first + start..<first + start + min(size, available - start)
  }

  /// Hands a block to the sink, cut where the limit of bytes is reached. Returns whether to go on.
  private func deliver(
    _ block: CorpusBlock, _ range: Range<UInt64>, _ statistics: inout CorpusStatistics,
    _ sink: (CorpusBlock) throws -> Void
  ) throws -> Bool {
    var goOn = true
    if let bytes, bytes - statistics.bytes <= UInt64(block.byteCount) {
      let wanted = Int(bytes - statistics.bytes)
      // The lines that begin before the limit.
      let lines = block.withBytes { all in 1 + all.prefix(max(wanted, 1) - 1).count { $0 == UInt8(ascii: "\n") } }
      generate(range.lowerBound..<range.lowerBound + UInt64(lines), into: block)
      goOn = false
    }
    statistics.add(block)
    try sink(block)
    return goOn
  }
}
