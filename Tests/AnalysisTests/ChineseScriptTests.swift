// The script of Chinese texts.

import Analysis
import Testing

@Suite struct ChineseScriptTests {
  @Test(
    arguments: [
      ("香港科學園的生物科技公司", ChineseScript.traditional), ("香港科学园的生物科技公司", .simplified),
      ("港珠澳大橋", .traditional), ("软件", .simplified), ("English 與 Chinese", .traditional),
      // Characters that both use, or one uses in some words, tell nothing.
      ("香港", nil), ("中文", nil), ("皇后", nil), ("plain English", nil), ("", nil), ("學学", nil), ("カタカナ", nil),
    ] as [(String, ChineseScript?)])
  func textsShowTheirScript(text: String, script: ChineseScript?) {
    #expect(ChineseScript(of: text) == script, "\(text)")
  }

  @Test func illFormedTextHasNoScript() {
    let bytes: [UInt8] = [0xE5, 0xAD, 0xE5, 0xF4, 0x90, 0x80, 0x80, 0xFF, 0xE3]
    bytes.withUnsafeBufferPointer { #expect(ChineseScript(of: $0) == nil) }
    [UInt8]().withUnsafeBufferPointer { #expect(ChineseScript(of: $0) == nil) }
  }

  @Test func queriesCarryTheScript() throws {
    let analyzer = try Analyzer()
    #expect(analyzer.analyzeQuery("科學園 biotech").script == .traditional)
    #expect(analyzer.analyzeQuery("biotech").script == nil)
  }
}
