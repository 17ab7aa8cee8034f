// The expectations on what matches what, at the level of analysis.
import Analysis
import Foundation
import Testing

@Suite struct MatchingTests {
  /// The plain parts of a query: quoted or not, alternatives separated by OR.
  private func matches(_ query: String, _ text: AnalyzedText, _ analyzer: Analyzer) -> Bool {
    query.components(separatedBy: " OR ").contains { alternative in
      let quotes: [(Character, Character)] = [("\"", "\""), ("“", "”"), ("「", "」")]
      for (open, close) in quotes where alternative.first == open && alternative.last == close {
        return text.hasPhrase(analyzer.analyzeQuery(String(alternative.dropFirst().dropLast()), quoted: true).phrase)
      }
      return text.matches(analyzer.analyzeQuery(alternative))
    }
  }

  @Test(.enabled(if: Fixtures.hasShared)) func everyExpectationHolds() throws {
    let analyzer = try Analyzer()
    let expectations = try Fixtures.objects("expectations/matching.jsonl")
    #expect(!expectations.isEmpty)
    for expectation in expectations {
      let id = expectation["id"] as? String ?? ""
      let text = AnalyzedText(try #require(expectation["text"] as? String), analyzer)
      for query in expectation["match"] as? [String] ?? [] {
        #expect(matches(query, text, analyzer), "\(id): \(query) should match")
      }
      for query in expectation["nomatch"] as? [String] ?? [] {
        #expect(!matches(query, text, analyzer), "\(id): \(query) should not match")
      }
    }
  }

  @Test(arguments: [
    ("香港科學園的公司", "科学园", true), ("香味撲鼻的港口", "香港", false), ("用C語言", "C++", false),
    ("a C++17 compiler", "C++", true), ("the .NET runtime", "net", false), ("ASP.NET", "net", true),
    ("Covid19 came", "covid-19", true), ("covid-19 came", "Covid19", true), ("an email", "e-mail", true),
    ("the U.S. market", "US", true), ("O'Brien spoke", "brien", true), ("1,234.56 dollars", "1234.56", true),
    ("10億元", "10亿", true), ("卡拉OK", "卡拉ok", true), ("第18A章", "18A", true), ("iPhone 15", "iPhone15", true),
    ("iPhone15", "iphone", true), ("AT&T and R&D", "R&D", true), ("T恤衫", "T恤", true), ("恤衫 T", "T恤", false),
    ("卡尔·马克思", "马克思", true), ("人工\n智能", "人工智能", true), ("香\n\n港", "香港", false),
    ("人工\r\n智能", "人工智能", true), ("香\r\n\r\n港", "香港", false), ("２０２４年", "2024年", true),
    ("state_machine::run()", "state_machine", true), ("see www.gov.hk/en/about", "gov.hk", true),
    ("Ⅲ期臨床", "III期", true), ("ﾌﾟﾛｸﾞﾗﾑ", "プログラム", true), ("각", "각", true), ("ﬁnance", "finance", true),
    ("don\u{2019}t stop", "don't", true), ("soft\u{00AD}ware", "software", true), ("F# and C#", "F#", true),
    ("裏面", "里面", true), ("裡面", "里面", true), ("綫上", "线上", true), ("羣峯", "群峰", true),
    ("颱風", "台风", true), ("頭髮", "头发", true), ("麪包", "面包", true), ("乾淨", "干净", true),
  ])
  func textMatchesQuery(text: String, query: String, expected: Bool) throws {
    let analyzer = try Analyzer()
    #expect(AnalyzedText(text, analyzer).matches(analyzer.analyzeQuery(query)) == expected)
  }
}
