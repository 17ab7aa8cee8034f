// The frequencies of words follow the laws that the generator promises.

import Foundation
import Testing

@testable import CorpusModel

@Suite struct WordStatisticsTests {
  /// The least-squares slope of y over x.
  private func slope(_ points: [(x: Double, y: Double)]) -> Double {
    let n = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / n
    let meanY = points.reduce(0) { $0 + $1.y } / n
    let covariance = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    return covariance / points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
  }

  private func hashes(_ mix: String, documents: UInt64) throws -> [UInt64] {
    let block = CorpusBlock()
    let parameters = try CorpusParameters(seed: 21, mix: KindMix(parsing: mix))
    CorpusText.model.generate(0..<documents, parameters: parameters, into: block, recordingWords: true)
    #expect(block.wordHashes.count == block.wordCount)
    return block.wordHashes
  }

  @Test(arguments: ["en=1", "hant=1", "hans=1"])
  func frequenciesFallWithRankAsZipfsLawSays(mix: String) throws {
    var counts: [UInt64: Int] = [:]
    for hash in try hashes(mix, documents: 3_000) { counts[hash, default: 0] += 1 }
    let ranked = counts.values.sorted(by: >)
    func fitted(_ ranks: ClosedRange<Int>) -> Double {
      // Ranks evenly spaced by their logarithms, or the many rare words would decide alone.
      let steps = stride(from: log(Double(ranks.lowerBound)), through: log(Double(ranks.upperBound)), by: 0.1)
      return slope(steps.map { ($0, log(Double(ranked[Int(exp($0)) - 1]))) })
    }
    #expect((-1.15 ... -0.8).contains(fitted(20...4_000)), "\(fitted(20...4_000))")
    #expect((-2.1 ... -1.2).contains(fitted(8_000...25_000)), "\(fitted(8_000...25_000))")
    // The most frequent word makes up some five percent of the words.
    let share = Double(ranked[0]) / Double(ranked.reduce(0, +))
    #expect((0.015...0.07).contains(share), "\(share)")
  }

  @Test(arguments: ["en=1", "hant=1"]) func theVocabularyGrowsAsHeapsLawSays(mix: String) throws {
    var seen = FingerprintSet()
    var points: [(x: Double, y: Double)] = []
    for (index, hash) in try hashes(mix, documents: 3_000).enumerated() {
      seen.insert(hash)
      if index % 50_000 == 49_999 { points.append((log(Double(index + 1)), log(Double(seen.count)))) }
    }
    #expect((0.45...0.75).contains(slope(points)), "\(slope(points))")
    #expect(seen.count > 40_000)
  }

  @Test func wordsOfATopicOccurTogether() throws {
    // Among documents with "vaccine", "virus" has to be far more frequent than among all.
    let block = CorpusBlock()
    let parameters = try CorpusParameters(seed: 22, mix: KindMix(parsing: "en=1"))
    CorpusText.model.generate(0..<3_000, parameters: parameters, into: block)
    let lines = block.withBytes { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
    let withVaccine = lines.filter { $0.contains(" vaccine ") }
    let both = withVaccine.filter { $0.contains(" virus ") }
    let virus = lines.filter { $0.contains(" virus ") }
    #expect(withVaccine.count > 30)
    let shareWithVaccine = Double(both.count) / Double(withVaccine.count)
    let shareOfAll = Double(virus.count) / Double(lines.count)
    #expect(shareWithVaccine > 2 * shareOfAll)
  }

  @Test func elementaryFunctionsAgreeWithTheSystems() {
    var random = SplitMix64(state: 23)
    for _ in 0..<10_000 {
      let x = 1e-6 + random.unit() * 1e6
      #expect(abs(PortableMath.log(x) - log(x)) <= 1e-14 * max(1, abs(log(x))))
      let y = random.unit() * 100 - 50
      #expect(abs(PortableMath.exp(y) / exp(y) - 1) < 1e-13)
    }
  }

  @Test func aliasTablesYieldTheWeightsTheyWereMadeFrom() {
    let weights = [0.0, 1, 2, 3, 10, 0.5, 0]
    let table = AliasTable(weights.enumerated().map { (.stored($0), $1) })
    var counts = [Int](repeating: 0, count: weights.count)
    var random = SplitMix64(state: 24)
    for _ in 0..<200_000 { counts[table.view.sample(random.next()).number] += 1 }
    let total = weights.reduce(0, +)
    for (count, weight) in zip(counts, weights) {
      #expect(abs(Double(count) / 200_000 - weight / total) < 0.006)
    }
    #expect(counts[0] == 0 && counts[6] == 0)
  }

  @Test func everyKnownWordIsSafeInJSONAndHasASimplifiedForm() {
    let converter = ScriptPairs.Converter()
    #expect(ScriptPairs.traditional.unicodeScalars.count == ScriptPairs.simplified.unicodeScalars.count)
    var lists = [EnglishWords.function, EnglishWords.general, ChineseWords.function, ChineseWords.general]
    for theme in ThemeWords.all { lists += [theme.english, theme.chinese] }
    for word in lists.flatMap({ $0.split(whereSeparator: \.isWhitespace) }) {
      #expect(!word.utf8.contains { $0 < 0x21 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
      let simplified = converter.simplified(word)
      #expect(converter.simplified(simplified[...]) == simplified, "\(word)")
    }
  }
}
