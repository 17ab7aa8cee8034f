// Encodings, told apart by their content.

import Foundation
import TestSupport
import Testing

@testable import Extraction

@Suite struct TextDecoderTests {
  private func decode(_ bytes: [UInt8], isMarkup: Bool = false) throws -> (
    text: String, encoding: String, isLossy: Bool
  ) {
    let decoded = try TextDecoder().decode(bytes, isMarkup: isMarkup)
    return (String(decoding: decoded.bytes, as: UTF8.self), decoded.encoding, decoded.hasReplacements)
  }

  private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? bytes : bytes.reversed()
    }
  }

  @Test(arguments: [[UInt8](arrayLiteral: 0xFF), [0xE9], [0xE7, 0xA7]])
  func fewWrongBytesLeaveTheRestOfUTF8AsItIs(wrong: [UInt8]) throws {
    let text = String(repeating: "香港科學園的生物科技公司", count: 50)
    let bytes = Array(text.utf8) + wrong + Array(text.utf8)
    let decoded = try TextDecoder().decode(bytes)
    #expect(decoded.encoding == "UTF-8")
    #expect(decoded.hasReplacements)
    #expect(String(decoding: decoded.bytes, as: UTF8.self).hasPrefix(text))
    let cut = try TextDecoder().decode(Array(Array(text.utf8).dropLast()))
    #expect(cut.encoding == "UTF-8")
  }

  @Test(arguments: ["", "plain ASCII\r\n\tx", "香港 biotech 公司", "é 😀 ﬁ"]) func utf8StaysAsItIs(text: String) throws {
    let decoded = try decode(Array(text.utf8))
    #expect(decoded == (text, "UTF-8", false))
  }

  @Test func marksDecideAndAreTakenOff() throws {
    let text = "香港 abc"
    #expect(try decode([0xEF, 0xBB, 0xBF] + text.utf8) == (text, "UTF-8", false))
    #expect(try decode([0xFF, 0xFE] + utf16(text, isBigEndian: false)) == (text, "UTF-16LE", false))
    #expect(try decode([0xFE, 0xFF] + utf16(text, isBigEndian: true)) == (text, "UTF-16BE", false))
    #expect(try decode([0xEF, 0xBB, 0xBF, 0x61, 0xFF]) == ("a\u{FFFD}", "UTF-8", true))
  }

  @Test(arguments: ["Only English text here.\n", "香港科學園的生物科技公司推出新平台。", "深圳市腾讯计算机系统有限公司，2024年财报"], [false, true])
  func utf16WithoutAMarkIsFound(text: String, isBigEndian: Bool) throws {
    let decoded = try decode(utf16(text, isBigEndian: isBigEndian))
    #expect(decoded == (text, isBigEndian ? "UTF-16BE" : "UTF-16LE", false))
  }

  /// 香港電台 in Big5, 中国银行 in GB 2312, 嗰間舖頭嘅嘢 in Big5-HKSCS, and sentences around them.
  @Test(arguments: [
    ("A4A4B5D8A5C1B0EAAA46AC46A961A5ABACF9B77CA9D2A5CE", "Big5-HKSCS", "中華民國東政府市約會所用"),
    ("D6D0B9FAD2F8D0D0BACDCEDAC3C7CBB5B5C4CAC7CADCB5BD", "GB18030", "中国银行和我们说的是受到"),
  ]) func chineseEncodingsAreToldApart(hexadecimal: String, encoding: String, text: String) throws {
    let digits = Array(hexadecimal)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    let decoded = try decode(bytes)
    #expect(decoded.encoding == encoding)
    #expect(decoded.text.count == text.count)
    #expect(!decoded.isLossy)
  }

  @Test func charactersOfHongKongAreUnicodesOwn() throws {
    // 香港 and so on in Big5, then 8C43 (U+9FA6), 8840 (U+31C0) and 8862 (two characters).
    let text: [UInt8] = [
      0xAD, 0xBB, 0xB4, 0xE4, 0xA4, 0xA4, 0xB5, 0xD8, 0xA5, 0xC1, 0xB0, 0xEA, 0xAA, 0x46, 0xAC, 0x46,
    ]
    let decoded = try decode(text + text + [0x8C, 0x43, 0x88, 0x40, 0x88, 0x62])
    #expect(decoded.encoding == "Big5-HKSCS")
    #expect(decoded.text.hasSuffix("\u{9FA6}\u{31C0}\u{CA}\u{304}"))
  }

  @Test func westernTextIsWindows1252() throws {
    let bytes =
      Array("The caf".utf8) + [0xE9] + Array(" is closed \u{2014} don".utf8.filter { $0 < 0x80 }) + [0x92]
      + Array("t go.".utf8)
    let decoded = try decode(bytes)
    #expect(decoded.encoding == "windows-1252")
    #expect(decoded.text.hasPrefix("The café") && decoded.text.hasSuffix("don’t go."))
  }

  @Test func markupsOwnWordCounts() throws {
    let html = Array("<meta charset=\"koi8-r\"><p>".utf8) + [0xD0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4]
    #expect(try decode(html, isMarkup: true).text.hasSuffix("привет"))
    let wrong = Array("<meta charset=\"utf-16\">香港".utf8)
    #expect(try decode(wrong, isMarkup: true).text.hasSuffix("香港"))
    let xml = Array("<?xml version=\"1.0\" encoding='ISO-8859-1'?><p>".utf8) + [0xE9]
    #expect(try decode(xml, isMarkup: true).text.hasSuffix("é"))
  }

  @Test func programsAndPicturesAreNotText() {
    var generator = SeededGenerator(seed: 7)
    let noise = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for bytes in [noise, [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 100), Array("a\0b".utf8)] {
      #expect { try TextDecoder().decode(bytes) } throws: { ($0 as? ExtractionError)?.code == .binary }
    }
  }

  @Test func noBytesAtAllTrap() {
    for seed in UInt64(1)...300 {
      var generator = SeededGenerator(seed: seed)
      let range: ClosedRange<UInt8> = seed % 2 == 0 ? 0x20...0xFF : 0x80...0xFE
      let bytes = (0..<Int.random(in: 0...400, using: &generator)).map { _ in UInt8.random(in: range, using: &generator)
      }
      guard let decoded = try? TextDecoder().decode(bytes, isMarkup: seed % 3 == 0) else { continue }
      #expect(decoded.bytes.isUTF8, "seed \(seed)")
    }
  }

  /// Real texts in 16 kinds of encodings, by the hash of what they decode to.
  @Test(.enabled(if: SharedData.isExpected, "no shared collections")) func encodingsCollectionIsDecodedExactly() throws
  {
    struct Sample: Decodable {
      let file: String
      let kind: String
      let utf8_sha256: String
    }
    let folder = try TemporaryFolder()
    _ = try run(["tar", "-xJf", SharedData.folder + "/collections/encodings.tar.xz", "-C", folder.path])
    let manifest = try String(contentsOfFile: folder.path + "/manifest.jsonl", encoding: .utf8)
    let samples = try manifest.split(separator: "\n").map { try JSONDecoder().decode(Sample.self, from: Data($0.utf8)) }
    try #require(samples.count == 960)
    for sample in samples {
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + sample.file)))
      let decoded = (try? TextDecoder().decode(bytes))?.bytes ?? []
      try Data(decoded).write(to: URL(fileURLWithPath: folder.path + "/" + sample.file))
    }
    let sums = try run(["sha256sum"] + samples.map(\.file), in: folder.path).split(separator: "\n")
    try #require(sums.count == samples.count)
    let wrong = zip(sums, samples).filter { !$0.hasPrefix($1.utf8_sha256) }.map { "\($1.kind) \($1.file)" }
    print("encodings decoded exactly: \(samples.count - wrong.count) of \(samples.count)")
    // The rest differs in characters on whose code in Big5 the standards disagree (A145, A241).
    #expect(samples.count - wrong.count >= 955, "\(wrong)")
  }
}
