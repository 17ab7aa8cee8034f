// Generated texts and targets for the properties of highlighting.

import Analysis
import TestSupport

@testable import Loquat

/// A text of English, Chinese and worse, with targets of which many occur in it; the same for the same seed.
struct HighlightingSample {
  let text: [UInt8]
  let targets: HighlightTargets
  let length: Int

  private static let words = [
    "climate", "change", "Hong", "Kong", "cafe\u{301}", "naïve", "5G網絡", "T恤", "SARS-CoV-2", "v1.2.3", "isn't", "香港",
    "科學園", "科学园", "研究", "氣候變化", "臺灣", "𠮷野家", "한국어", "ไทย", "かな", "a", "of", "the", "👩‍👩‍👧", "🇭🇰", "<b>", "&amp;",
    "\"", "e\u{301}\u{302}", "ＡＢＣ", "１２", "\u{0}", "\u{202E}", "\u{1B}[31m", "x",
  ]
  private static let separators = [
    "", "", " ", " ", " ", "  ", "。", "，", "！", "；", ". ", "? ", "; ", ", ", "\n", "\n\n", "\r\n", "\u{3000}", "「", "」",
    "\t",
    "-", "(", ") ",
  ]

  /// Makes the sample of a seed; `isWellFormed` false puts stray bytes into the text.
  init(seed: UInt64, analyzer: Analyzer, isWellFormed: Bool = true) {
    var random = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...160, using: &random) {
      text += Array(Self.words[Int.random(in: 0..<Self.words.count, using: &random)].utf8)
      text += Array(Self.separators[Int.random(in: 0..<Self.separators.count, using: &random)].utf8)
      if !isWellFormed, Int.random(in: 0..<8, using: &random) == 0 {
        text.append(UInt8.random(in: 0x80...0xFF, using: &random))
      }
    }
    self.init(text: text, using: &random, analyzer: analyzer)
  }

  /// Takes targets from a text.
  init(text: [UInt8], using random: inout SeededGenerator, analyzer: Analyzer) {
    self.text = text
    length = Int.random(in: 8...120, using: &random)
    let tokens = TokenRecord.all(of: text, analyzer)
    var targets = HighlightTargets()
    for _ in 0..<Int.random(in: 0...4, using: &random) where !tokens.isEmpty {
      let token = tokens[Int.random(in: 0..<tokens.count, using: &random)]
      targets.units[token.unit] = Float.random(in: 0...9, using: &random)
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) where !tokens.isEmpty {
      let first = Int.random(in: 0..<tokens.count, using: &random)
      var slots: [(unit: HighlightTargets.Unit, position: Int32)] = []
      for index in first..<min(tokens.count, first + 24)
      where index == first || Int.random(in: 0..<8, using: &random) == 0 {
        slots.append((tokens[index].unit, tokens[index].position - tokens[first].position))
        if slots.count == 3 { break }
      }
      let slop = Int.random(in: 0...3, using: &random)
      targets.phrases.append(HighlightTargets.Phrase(slots: slots, slop: slop, weight: Float(slots.count)))
    }
    if Bool.random(using: &random) { targets.patterns.append { $0.starts(with: [UInt8(ascii: "c")]) } }
    self.targets = targets
  }
}
