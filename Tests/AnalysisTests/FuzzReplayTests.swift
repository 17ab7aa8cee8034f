// What fuzzing starts from and what it once found, held for good.
import Analysis
import Foundation
import Testing

@Suite struct FuzzReplayTests {
  @Test func everySeedAndFailureKeepsTheLaws() throws {
    let analyzers = try AnalyzerName.allCases.map { try Analyzer(AnalyzerConfiguration(name: $0)) }
    let fuzzing = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzzing")
    var count = 0
    for folder in ["Seeds", "FailCases"] {
      let place = fuzzing.appending(path: "\(folder)/FuzzAnalyzer")
      for name in try FileManager.default.contentsOfDirectory(atPath: place.path) where name != "README.md" {
        let bytes = Array(try Data(contentsOf: place.appending(path: name)).dropFirst())
        count += 1
        for analyzer in analyzers {
          let text = AnalyzedText(bytes: bytes, analyzer)
          #expect(text.tokens.allSatisfy { $0.range.upperBound <= bytes.count && !$0.term.isEmpty }, "\(name)")
          guard let string = String(validating: bytes, as: UTF8.self) else { continue }
          let folded = analyzer.fold(string)
          #expect(analyzer.fold(folded).unicodeScalars.elementsEqual(folded.unicodeScalars), "\(name)")
          let query = analyzer.analyzeQuery(string, quoted: true)
          let isFound = query.isEmpty || text.hasPhrase(query.phrase)
          #expect(isFound, "\(name): the text doesn't find itself")
        }
      }
    }
    #expect(count > 40)
  }
}
