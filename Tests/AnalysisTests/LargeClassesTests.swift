// The families of characters in which several common ones became one, each with the reason.
import Analysis
import CICU
import Testing

/// Transitivity joins more than any single source says. Two characters of GB 2312 in one class are two characters that
/// Simplified texts tell apart, or print forms; three of the first level of Big5 are many for one word. Every such class
/// is decided here; a new one fails the test until it is.
@Suite struct LargeClassesTests {
  /// Classes with two or more characters of GB 2312.
  private static let simplified: [(members: String, reason: String)] = [
    // Traditional and older forms that GB 2312 has beside the standard one.
    ("后後", "後 is Traditional"), ("于於", "於 is Traditional"), ("余馀", "餘 in a name"), ("钟锺", "鍾 as a surname"),
    ("征徵", "徵 is Traditional but for the musical note"), ("曲麴", "麴 as a surname"), ("干乾", "乾 is also 干"),
    ("伙夥", "夥 is also 伙"), ("折摺", "摺 is also 折"), ("借藉", "藉口 is 借口"), ("著着", "着 is written 著"),
    ("宁甯", "甯 is written for 寧"), ("沈沉渖", "沈 is 沉 and 瀋"), ("咨谘", "諮 is 咨"), ("径迳", "迳 is 径"),
    ("巨钜", "鉅 is written for 巨"), ("矩榘", "榘 is old for 矩"), ("烟菸", "菸 is Taiwan's for 煙"), ("碱硷", "硷 is old for 碱"),
    ("糖醣", "醣 is Taiwan's for 糖 in chemistry"), ("同仝", "仝 is old for 同"), ("丫桠", "枒 and 椏 are both"),
    ("哑痖", "瘂 is old for 啞"), ("拼拚", "拚 is Taiwan's for 拼"), ("阪坂", "大阪 was 大坂"), ("寨砦", "砦 is old for 寨"),
    ("仇雠", "讎 is written for 仇"), ("资赀", "貲 is old for 資"), ("吒咤", "哪吒 is also 哪咤"), ("沲沱", "沲 is old for 沱"),
    ("腭颚", "both are the palate"), ("膑髌", "both are the kneecap"), ("飙飚", "both are 飆"), ("鲇鲶", "both are the catfish"),
    ("怼憝", "both are resentment"), ("仿彷", "彷彿 is 仿佛"), ("船舡", "舡 is old for 船"), ("渺淼", "both are 渺 of waters"),
    ("挨捱", "捱 is 挨 in the sense of bearing"), ("夹袷", "袷 is the lined 夾"), ("旋镟", "鏇 is 旋 on a lathe"),
    ("熏薰", "薰衣草 is also 熏衣草"), ("么幺麽", "么 is 麼, and in Taiwan 幺"),
    // What sources disagree on, decided for recall: the other word is asked for in hardly any text.
    ("覆复", "答覆 is 答复, 反覆 is 反复"), ("像象", "好象 and 图象 were standard until 1986"),
    ("炼链", "Taiwan writes 鍊 for both 煉 and 鏈"), ("苔薹", "薹 is simplified to 苔"),
    // Radicals that stand for their character.
    ("包勹", "radical"), ("冰冫", "radical"), ("川巛", "radical"), ("刀刂", "radical"), ("阜阝", "radical"),
    ("金钅", "radical"), ("犬犭", "radical"), ("人亻", "radical"), ("食饣", "radical"), ("示礻", "radical"),
    ("丝糸", "radical"), ("言讠", "radical"), ("衣衤", "radical"),
  ]

  /// Classes with three or more characters of the first level of Big5.
  private static let traditional: [(members: String, reason: String)] = [
    ("干乾幹榦", "all are 干"), ("升昇陞", "all are 升"), ("只祇衹隻", "all are 只"), ("台臺颱檯", "all are 台"),
    ("氾汎泛", "all are 泛"), ("并並併", "all are 并"), ("沈沉瀋", "沈 is 沉 and 瀋"), ("系係繫", "all are 系"),
    ("復複覆", "复, and 覆 in 答覆"), ("甦蘇囌", "all are 苏"), ("煉鍊鏈", "鍊 is written for both others"),
    ("蒙濛矇", "all are 蒙"),
  ]

  /// The characters of a charset of two bytes.
  private func characters(_ charset: String, leads: ClosedRange<UInt8>, trails: [ClosedRange<UInt8>]) throws
    -> [Character]
  {
    var found: [Character] = []
    for lead in leads {
      for trail in trails.joined() {
        var conversion = cicu_conversion()
        let status = cicu_convert_to_utf8(charset, [lead, trail], 2, &conversion)
        try #require(status == CICU_CONVERSION_OK)
        defer { cicu_conversion_free(&conversion) }
        let text = String(
          decoding: UnsafeBufferPointer(start: conversion.bytes, count: conversion.count), as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else { continue }
        if (0x4E00...0x9FFF).contains(scalar.value) { found.append(Character(scalar)) }
      }
    }
    return found
  }

  private func classes(_ characters: [Character], atLeast count: Int) throws -> Set<Set<Character>> {
    let analyzer = try Analyzer()
    let families = Dictionary(grouping: characters) { analyzer.fold(String($0)) }
    return Set(families.values.filter { $0.count >= count }.map(Set.init))
  }

  private func expect(_ found: Set<Set<Character>>, _ decided: [(members: String, reason: String)]) {
    let known = Set(decided.map { Set($0.members) })
    #expect(decided.allSatisfy { !$0.reason.isEmpty })
    #expect(found.subtracting(known).isEmpty, "not decided: \(found.subtracting(known).map { String($0) })")
    #expect(known.subtracting(found).isEmpty, "no class: \(known.subtracting(found).map { String($0) })")
  }

  @Test func everyClassOfSimplifiedCharactersIsDecided() throws {
    let characters = try characters("GB2312", leads: 0xB0...0xF7, trails: [0xA1...0xFE])
    #expect(characters.count == 6763)
    expect(try classes(characters, atLeast: 2), Self.simplified)
  }

  @Test func everyLargeClassOfTraditionalCharactersIsDecided() throws {
    let characters = try characters("Big5", leads: 0xA4...0xC6, trails: [0x40...0x7E, 0xA1...0xFE])
    #expect(characters.count >= 5401)
    expect(try classes(characters, atLeast: 3), Self.traditional)
  }
}
