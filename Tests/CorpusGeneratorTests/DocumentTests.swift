// Every line is a valid document, and the text is what was asked for.

import CorpusModel
import Foundation
import Testing

@Suite struct DocumentTests {
  /// The parsed lines of a corpus.
  private func documents(_ bytes: [UInt8]) throws -> [[String: Any]] {
    #expect(bytes.last == UInt8(ascii: "\n"))
    return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
      #expect(String(validating: line, as: UTF8.self) != nil)
      return try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
  }

  @Test func everyLineIsAValidDocumentWithAnIdOfItsOwn() async throws {
    let corpus = try await CorpusText.bytes(CorpusParameters(seed: 11)) { $0.documents = 2_000 }
    var ids: Set<String> = []
    for document in try documents(corpus.bytes) {
      let id = try #require(document["id"] as? String)
      #expect(ids.insert(id).inserted)
      #expect(try #require(document["title"] as? String).count > 2)
      #expect(try #require(document["text"] as? String).count > 1)
      #expect(["technology", "biotech", "finance", "civic"].contains(document["category"] as? String))
      #expect(["en", "zh-Hant", "zh-Hans", "mixed"].contains(document["lang"] as? String))
      #expect(document["views"] is Int)
      let date = try #require(document["date"] as? String)
      #expect(try Date.ISO8601FormatStyle().year().month().day().parse(date).timeIntervalSince1970 > 1_262_304_000 - 1)
      #expect(date < "2026")
    }
    #expect(ids.count == 2_000)
  }

  @Test func theSharesOfKindsAreAsAsked() async throws {
    let parameters = try CorpusParameters(seed: 12, mix: KindMix(parsing: "hans=1,en=2,mixed=5"), meanLength: 5)
    let statistics = try await CorpusText.bytes(parameters) { $0.documents = 40_000 }.statistics
    for kind in DocumentKind.allCases {
      // Four standard deviations of a binomial share of 40 000 are at most 0.01.
      #expect(abs(statistics.share(of: kind) - parameters.mix.share(of: kind)) < 0.01)
    }
    #expect(statistics.share(of: .traditional) == 0)
  }

  @Test func documentsOfAKindAreInItsScript() async throws {
    func texts(_ mix: String) async throws -> String {
      let parameters = try CorpusParameters(seed: 13, mix: KindMix(parsing: mix))
      return try documents(await CorpusText.bytes(parameters) { $0.documents = 300 }.bytes)
        .compactMap { $0["text"] as? String }.joined()
    }
    func han(_ text: String) -> Double {
      let scalars = text.unicodeScalars
      return Double(scalars.count { (0x4E00...0x9FFF).contains($0.value) }) / Double(scalars.count)
    }
    let english = try await texts("en=1")
    let traditional = try await texts("hant=1")
    let simplified = try await texts("hans=1")
    let mixed = try await texts("mixed=1")
    #expect(han(english) == 0)
    #expect(han(traditional) > 0.7)
    #expect(han(simplified) > 0.7)
    #expect((0.1...0.7).contains(han(mixed)))
    for (hant, hans) in zip("國們為學會個來對時發業東電長", "国们为学会个来对时发业东电长") {
      #expect(traditional.contains(hant) && !traditional.contains(hans))
      #expect(simplified.contains(hans) && !simplified.contains(hant))
    }
    for token in ["5G網絡", "A股", "T恤", "Covid-19疫苗", "3nm"] { #expect(traditional.contains(token), "\(token)") }
  }

  @Test(arguments: ["en=1", "hant=1"]) func lengthsAreLogNormalAroundTheMean(mix: String) async throws {
    let parameters = try CorpusParameters(seed: 14, mix: KindMix(parsing: mix), meanLength: 100)
    let corpus = try await CorpusText.bytes(parameters) { $0.documents = 3_000 }
    // Titles have about six words; the standard error of the mean is two words.
    #expect(abs(Double(corpus.statistics.words) / 3_000 - 106) < 8)
    let lengths = try documents(corpus.bytes).compactMap { ($0["text"] as? String)?.utf8.count }.sorted()
    let logs = [lengths[477], lengths[1_500], lengths[2_523]].map { log(Double($0)) }
    // The 16th and 84th percentiles lie one standard deviation of 0.8 from the median.
    #expect(abs(logs[1] - logs[0] - 0.8) < 0.1)
    #expect(abs(logs[2] - logs[1] - 0.8) < 0.1)
  }

  @Test func aLongDocumentOutgrowsTheBlockUnharmed() async throws {
    let parameters = try CorpusParameters(seed: 15, meanLength: 50_000)
    let block = CorpusBlock(capacity: 0)
    CorpusText.model.generate(0..<3, parameters: parameters, into: block)
    let whole = try await CorpusText.bytes(parameters) { $0.documents = 3 }
    #expect(block.withBytes { Array($0) } == whole.bytes)
    #expect(try documents(whole.bytes).count == 3)
  }

  @Test func unusableParametersAreRefusedWithTheirNames() {
    for text in ["", "en", "en=", "en=-1", "en=x", "fr=1", "en=1,en=2", "en=0", "en=1,", "en=1000001"] {
      let error = #expect(throws: CorpusError.self) { try KindMix(parsing: text) }
      #expect(error?.message.hasPrefix("mix: ") == true)
    }
    for length in [0, -1, 100_001, .max] {
      let error = #expect(throws: CorpusError.self) { try CorpusParameters(meanLength: length) }
      #expect(error?.message.hasPrefix("mean length: ") == true)
    }
  }
}
