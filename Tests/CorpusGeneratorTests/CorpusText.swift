// Help for the tests: corpora in memory.

@testable import CorpusModel

/// Corpora as byte arrays.
enum CorpusText {
  /// One model for all tests.
  static let model = CorpusModel()

  /// The bytes that a producer yields, in blocks of about 20 000 words so that small corpora have several.
  static func bytes(
    _ parameters: CorpusParameters, configure: (inout CorpusProducer) -> Void
  ) async throws -> (bytes: [UInt8], statistics: CorpusStatistics) {
    var producer = CorpusProducer(model: model, parameters: parameters)
    producer.wordsPerBlock = 20_000
    configure(&producer)
    var result: [UInt8] = []
    let statistics = try await producer.produce { block in block.withBytes { result.append(contentsOf: $0) } }
    return (result, statistics)
  }

  /// The 64-bit FNV-1a hash (Fowler, Noll and Vo) of bytes.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
