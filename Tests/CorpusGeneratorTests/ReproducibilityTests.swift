// The same request gives the same bytes, however it is carried out.

import CorpusModel
import Testing

@Suite struct ReproducibilityTests {
  @Test func theFirst2000DocumentsOfSeed42HaveKnownBytes() async throws {
    let corpus = try await CorpusText.bytes(CorpusParameters(seed: 42)) { $0.documents = 2000 }
    #expect(corpus.bytes.count == 4_425_234)
    #expect(CorpusText.hash(corpus.bytes) == 15_966_769_781_788_095_572)
  }

  @Test func anotherSeedGivesOtherDocuments() async throws {
    let one = try await CorpusText.bytes(CorpusParameters(seed: 1)) { $0.documents = 10 }
    let two = try await CorpusText.bytes(CorpusParameters(seed: 2)) { $0.documents = 10 }
    #expect(one.bytes != two.bytes)
  }

  @Test func aSmallerCorpusIsAPrefixOfALargerOne() async throws {
    let parameters = try CorpusParameters(seed: 3, meanLength: 100)
    let small = try await CorpusText.bytes(parameters) { $0.documents = 321 }
    let large = try await CorpusText.bytes(parameters) { $0.documents = 900 }
    #expect(Array(large.bytes.prefix(small.bytes.count)) == small.bytes)
    #expect(small.statistics.documents == 321)
    #expect(large.statistics.documents == 900)
  }

  @Test func rangesConcatenatedEqualTheWhole() async throws {
    let parameters = try CorpusParameters(seed: 4, meanLength: 50)
    let whole = try await CorpusText.bytes(parameters) { $0.documents = 1_000 }
    var parts: [UInt8] = []
    for (first, count) in [(0, 1), (1, 499), (500, 500)] as [(UInt64, UInt64)] {
      parts += try await CorpusText.bytes(parameters) {
        $0.first = first
        $0.documents = count
      }.bytes
    }
    #expect(parts == whole.bytes)
  }

  @Test(arguments: [2, 3, 8]) func threadsDoNotChangeBytes(threads: Int) async throws {
    let parameters = try CorpusParameters(seed: 5, meanLength: 100)
    let one = try await CorpusText.bytes(parameters) { $0.documents = 2_100 }
    let several = try await CorpusText.bytes(parameters) {
      $0.documents = 2_100
      $0.threads = threads
    }
    #expect(several.bytes == one.bytes)
    #expect(several.statistics.words == one.statistics.words)
  }

  @Test(arguments: [1, 2]) func aLimitOfBytesEndsWithTheDocumentThatReachesIt(threads: Int) async throws {
    // Two hundred documents make a block.
    let parameters = try CorpusParameters(seed: 6, meanLength: 100)
    let all = try await CorpusText.bytes(parameters) { $0.documents = 450 }.bytes
    let ends = all.indices.filter { all[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    for limit in [1, ends[0] - 1, ends[0], ends[0] + 1, ends[199], ends[199] + 1, ends[300]] {
      let corpus = try await CorpusText.bytes(parameters) {
        $0.bytes = UInt64(limit)
        $0.threads = threads
      }
      let expected = try #require(ends.first { $0 >= limit })
      #expect(corpus.bytes.count == expected, "limit \(limit)")
      #expect(corpus.statistics.bytes == UInt64(expected))
      #expect(corpus.bytes == Array(all[..<expected]))
    }
  }

  @Test func theLastDocumentNumbersWorkWithoutOverflow() async throws {
    let corpus = try await CorpusText.bytes(CorpusParameters(seed: 7)) {
      $0.first = .max - 2
      $0.documents = 100
    }
    #expect(corpus.statistics.documents == 2)
  }

  @Test func noDocumentsGiveNoBytes() async throws {
    let corpus = try await CorpusText.bytes(CorpusParameters()) { $0.documents = 0 }
    #expect(corpus.bytes.isEmpty)
  }
}
