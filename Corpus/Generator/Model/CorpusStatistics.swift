// What a generated corpus holds, in numbers.

/// Counts over the documents produced so far.
public struct CorpusStatistics: Sendable {
  /// The number of bytes, line ends included.
  public private(set) var bytes: UInt64 = 0
  /// The number of words, numbers and names in titles and texts.
  public private(set) var words: UInt64 = 0
  /// The number of documents of each kind, by the kind's raw value.
  public private(set) var documentCounts = [UInt64](repeating: 0, count: DocumentKind.allCases.count)
  private var fingerprints = FingerprintSet()

  /// Counts of nothing.
  public init() {}

  /// The number of documents.
  public var documents: UInt64 { documentCounts.reduce(0, +) }

  /// The number of different words, numbers and names, up to collisions of 64-bit hashes; zero unless words were recorded.
  public var distinctWords: Int { fingerprints.count }

  /// The part of the documents that is of a kind, between 0 and 1.
  public func share(of kind: DocumentKind) -> Double {
    documents == 0 ? 0 : Double(documentCounts[kind.rawValue]) / Double(documents)
  }

  /// Adds the counts of a block. Linear in the words recorded.
  public mutating func add(_ block: CorpusBlock) {
    bytes += UInt64(block.byteCount)
    words += UInt64(block.wordCount)
    for (index, count) in block.documentCounts.enumerated() { documentCounts[index] += count }
    for hash in block.wordHashes { fingerprints.insert(hash) }
  }
}
