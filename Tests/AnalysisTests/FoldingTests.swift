// What folds together and what doesn't.
import Analysis
import Foundation
import TestSupport
import Testing

@Suite struct FoldingTests {
  /// Families of characters that a reader takes for the same.
  @Test(arguments: [
    "裏裡里", "衞衛卫", "綫線线", "着著", "台臺颱檯枱", "麪麵面", "羣群", "峯峰", "髮發发", "後后", "乾幹干榦", "鬥斗", "鐘鍾钟", "系係繫",
    "只隻", "復複复", "歷曆历", "鷄雞鸡", "牀床", "啟啓启", "滙匯汇彙", "濶闊阔", "恒恆", "粧妝妆", "綉繡绣", "蹟跡迹", "佔占", "脣唇", "糉粽",
    "葱蔥", "匀勻", "污汙", "栢柏", "兌兑", "説說说", "吿告", "溫温", "産產产", "爲為为", "眞真", "内內", "黃黄", "靑青", "步歩", "呂吕", "尙尚",
    "毀毁", "敎教", "虛虚", "沒没", "別别", "麼麽么", "煙烟", "鑛礦矿", "卧臥", "秘祕", "敍敘叙", "韮韭", "館舘馆", "廁厠厕", "廚厨", "涼凉",
    "決决", "況况", "減减", "淨净", "衝冲沖", "遊游", "佈布", "蹤踪", "嚐嘗尝", "餘余", "併并", "昇升", "淚泪", "傑杰", "僱雇", "盡尽儘", "鏟剷铲",
    "勳勋勛", "槪概", "牆墻墙", "臟脏髒", "睏困", "鬚須须", "鬆松", "鹹咸", "薑姜", "⾦金", "⻢马馬", "豈豈岂", "𨋢䢂",
    "炮砲", "焊銲", "啖啗", "衔啣銜", "膑臏髌髕", "裤褲袴", "学學", "気氣气", "図圖图", "ＡAaａ", "éeÉ", "颠顛顚", "携攜擕", "称稱穪",
  ])
  func familyFoldsToOne(family: String) throws {
    let analyzer = try Analyzer()
    let folded = Set(family.map { analyzer.fold(String($0)) })
    #expect(folded.count == 1, "\(family): \(folded)")
  }

  /// Words that some source joins and that stay apart, with the reason why.
  @Test(arguments: [
    ("画", "划", "Japanese writes both 画"), ("里", "哩", "a particle"), ("连", "联", "Japanese writes both 連"),
    ("沪", "滤", "Japanese"), ("辩", "辨", "Japanese writes both 弁"), ("辩", "瓣", "Japanese writes both 弁"),
    ("具", "俱", "tool and together"), ("坏", "坯", "bad and blank"), ("待", "呆", "to wait and to stay"),
    ("缺", "欠", "Japanese"), ("罐", "缶", "Japanese"), ("予", "豫", "Japanese"), ("芸", "艺", "Japanese"),
    ("滨", "濒", "the rare 濵 is written for both"), ("滨", "浜", "Japanese"), ("针", "箴", "needle and maxim"),
    ("灾", "甾", "disaster and steroid"), ("胸", "匈", "chest and Hungary"), ("耀", "曜", "to shine and a day of the week"),
    ("一", "壹", "cheques' numerals are no variants"), ("二", "贰", "cheques' numerals are no variants"),
    ("邕", "雍", "Nanning and a surname"), ("枭", "鸮", "a villain and an owl"), ("闷", "懑", "bored and indignant"),
    ("奶", "妳", "milk and you"), ("坐", "座", "to sit and seat"), ("己", "已", "look alike"), ("未", "末", "look alike"),
    ("大", "太", "look alike"),
    ("日", "曰", "look alike"), ("土", "士", "look alike"), ("卡", "ト", "look alike"), ("ー", "一", "look alike"),
  ])
  func wordsStayApart(left: String, right: String, reason: String) throws {
    let analyzer = try Analyzer()
    #expect(analyzer.fold(left) != analyzer.fold(right), "\(reason)")
  }

  @Test(arguments: [
    ("Café Zoë crème brûlée naïve façade Ångström Dvořák", "cafe zoe creme brulee naive facade angstrom dvorak"),
    (
      "Łódź Øresund smørrebrød Đà Nẵng Straße œuvre Æsir Þór",
      "lodz oresund smorrebrod da nang strasse oeuvre aesir thor"
    ),
    ("İstanbul ısı ŉ ﬁ ½ Ⅳ ①", "istanbul isi 'n fi  1/2  iv 1"), ("ＨＴＭＬ５", "html5"), ("٣٤ ५६", "34 56"),
    ("Ёж Й", "еж и"),
    ("ｶﾞｷﾞ か\u{3099}", "ガギ が"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("कि नी", "कि नी"), ("น้ำ", "น้ำ"),
    ("Ὀδυσσεύς", "οδυσσευσ"), ("㍿ ㏒", "株式会社  log "),
  ])
  func textFolds(text: String, expected: String) throws {
    let folded = try Analyzer().fold(text)
    #expect(folded.unicodeScalars.elementsEqual(expected.unicodeScalars), "\(folded)")
  }

  /// The same text in Simplified and in Traditional Chinese, with English between, gives the same terms at the same
  /// positions.
  @Test(.enabled(if: Fixtures.hasShared)) func bothScriptsGiveTheSameTerms() throws {
    let analyzer = try Analyzer()
    let shared = try #require(Fixtures.shared)
    let table = try String(
      contentsOfFile: shared + "/collections/opencc/data/dictionary/STCharacters.txt", encoding: .utf8)
    var pairs: [(simplified: String, traditional: String)] = []
    for line in table.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2 else { continue }
      for value in fields[1].split(separator: " ") { pairs.append((String(fields[0]), String(value))) }
    }
    pairs.removeAll { ["具俱", "呆待", "坐座", "坯坏", "里哩"].contains($0.simplified + $0.traditional) }
    #expect(pairs.count > 4000)
    var generator = SeededGenerator(seed: 41)
    for round in 0..<2000 {
      var texts = ("", "")
      for _ in 0..<Int.random(in: 1...30, using: &generator) {
        let pair =
          Int.random(in: 0..<5, using: &generator) == 0
          ? (["5G", " ", "word-like", "，", "T", "\n"].randomElement(using: &generator).map { ($0, $0) } ?? ("", ""))
          : pairs.randomElement(using: &generator).map { ($0.simplified, $0.traditional) } ?? ("", "")
        texts.0 += pair.0
        texts.1 += pair.1
      }
      let terms = { (text: String) in
        AnalyzedText(text, analyzer).tokens.map { "\($0.term) \($0.kind) \($0.position) \($0.positionLength)" }
      }
      try #require(terms(texts.0) == terms(texts.1), "seed 41, round \(round): \(texts)")
    }
  }

  /// OpenCC's characters, Simplified and Traditional, one by one, but for those that the generator cuts apart.
  @Test(.enabled(if: Fixtures.hasShared)) func simplifiedAndTraditionalAreOne() throws {
    let analyzer = try Analyzer()
    let shared = try #require(Fixtures.shared)
    let text = try String(
      contentsOfFile: shared + "/collections/opencc/data/dictionary/TSCharacters.txt", encoding: .utf8)
    var apart: Set<String> = []
    var count = 0
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let key = fields.first, let value = fields[1].split(separator: " ").first else {
        continue
      }
      count += 1
      if analyzer.fold(String(key)) != analyzer.fold(String(value)) { apart.insert("\(key)\(value)") }
    }
    #expect(count > 4000)
    #expect(apart.subtracting(["㓰划", "哩里", "坯坏", "獃呆", "俱具", "座坐"]).isEmpty, "\(apart)")
  }
}
