// JSON lines: what is taken, what is refused, and where the fault is.

import Foundation
import TestSupport
import Testing

@testable import Extraction

@Suite struct JSONLineParserTests {
  private struct Parsed: Equatable {
    var id: String
    var title: String
    var text: String
    var fields: [String]
  }

  private func parse(_ json: some Collection<UInt8>, requiresID: Bool = true) throws(ExtractionError) -> Parsed {
    let parser = try JSONLineParser(requiresID: requiresID)
    let record = try parser.parse(json)
    func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    return Parsed(
      id: string(record.id), title: string(record.title), text: string(record.text),
      fields: record.fields.map { "\(string($0.name))=\($0.value.copy)" })
  }

  private func failure(_ json: some Collection<UInt8>) -> ExtractionError? {
    do throws(ExtractionError) {
      _ = try parse(json)
      return nil
    } catch { return error }
  }

  @Test func membersAreTakenWithTheirEscapesDecoded() throws {
    let parsed = try parse(#"{"text":"a\n\"b\" \u4e2d\ud83d\ude00","id":"x/1","title":"題"}"#.utf8)
    #expect(parsed == Parsed(id: "x/1", title: "題", text: "a\n\"b\" 中😀", fields: []))
    #expect(try parse(#" {"id":"a","title":null} "#.utf8) == Parsed(id: "a", title: "", text: "", fields: []))
  }

  @Test(arguments: ["5", "-0", "12345678901234567890", "1.50", "-2e+3", "9223372036854775807"])
  func numbersAsIDStandAsWritten(number: String) throws {
    #expect(try parse(#"{"x":{"id":7},"id": \#(number) ,"y":[{"id":8}]}"#.utf8).id == number)
  }

  @Test func otherMembersAreFlattened() throws {
    let json =
      #"{"id":"a","n":1.5,"b":true,"s":"t","o":{"p":{"q":"r"},"l":[1,{"m":2},null,"z"]},"e":{},"f":[],"g":null}"#
    #expect(
      try parse(json.utf8).fields == [
        "n=number(1.5)", "b=bool(true)", "s=string(\"t\")", "o.p.q=string(\"r\")", "o.l=number(1.0)",
        "o.l.m=number(2.0)", "o.l=string(\"z\")",
      ])
  }

  @Test func loneSurrogatesBecomeReplacementCharacters() throws {
    let cases = [
      (#"\ud800"#, "\u{FFFD}"), (#"\udc00"#, "\u{FFFD}"), (#"a\ud800b"#, "a\u{FFFD}b"),
      (#"\ud800\ud800\udc00"#, "\u{FFFD}\u{10000}"), (#"\udc00\ud800"#, "\u{FFFD}\u{FFFD}"), (#"\\ud800"#, #"\ud800"#),
      (#"한\ud7a3\udfff"#, "한힣\u{FFFD}"), (#"\ud800\n"#, "\u{FFFD}\n"),
    ]
    for (escaped, expected) in cases {
      let parsed = try parse(#"{"id":"\#(escaped)","text":"\#(escaped)","k\#(escaped)":"\#(escaped)"}"#.utf8)
      #expect(parsed.id == expected && parsed.text == expected, "\(escaped)")
      #expect(parsed.fields == ["k\(expected)=\(JSONFieldValue.string(expected))"], "\(escaped)")
    }
  }

  @Test(
    arguments: [
      ("bad", "badJSON", 0), (#"{"id":"a",}"#, "badJSON", 10), (#"{"id":"a""#, "badJSON", 9),
      (#"{"id":"a" "b":1}"#, "badJSON", 10), (#"{"id":01}"#, "badJSON", 7), (#"{"id":"\x"}"#, "badJSON", 7),
      (#"{"id":"a"}}"#, "badJSON", 10), (#"{"id":tru}"#, "badJSON", 6), ("{\"id\":\"\t\"}", "badJSON", 7),
      ("[1]", "notAnObject", nil), ("5", "notAnObject", nil), ("{}", "missingID", nil),
      (#"{"id":""}"#, "missingID", nil),
      (#"{"id":null}"#, "missingID", nil), (#"{"id":true}"#, "unexpectedType", nil),
      (#"{"id":["a"]}"#, "unexpectedType", nil), (#"{"id":"a","text":5}"#, "unexpectedType", nil),
      (#"{"id":"a","n":1e999}"#, "numberOutOfRange", 14),
      (#"{"id":"a","n":99999999999999999999}"#, "numberOutOfRange", 14),
    ] as [(String, String, Int?)]) func faultsAreNamedWithTheirPlace(json: String, code: String, offset: Int?) throws
  {
    let error = try #require(failure(json.utf8))
    #expect(error.code.description == code, "\(error)")
    #expect(error.offset == offset, "\(error)")
    #expect(error.line == 1)
  }

  @Test func badUTF8IsAnErrorWithItsPlace() throws {
    for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8]] {
      let error = try #require(failure(Array(#"{"id":"a"#.utf8) + bad + Array(#""}"#.utf8)))
      #expect(error.code == .badEncoding)
      #expect(error.offset == 8)
    }
  }

  @Test func depthAndNumberOfFieldsAreLimited() throws {
    func nested(_ depth: Int) -> String {
      #"{"id":"a","x":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(failure(nested(ExtractionLimits.maximalJSONDepth - 2).utf8) == nil)
    #expect(failure(nested(ExtractionLimits.maximalJSONDepth + 2).utf8)?.code == .tooDeep)
    #expect(failure(nested(1_000_000).utf8)?.code == .tooDeep)
    func wide(_ fields: Int) -> String {
      #"{"id":"a""# + (0..<fields).map { ",\"f\($0)\":1" }.joined() + "}"
    }
    #expect(
      try parse(wide(ExtractionLimits.maximalFieldsPerRecord).utf8).fields.count
        == ExtractionLimits.maximalFieldsPerRecord)
    #expect(failure(wide(ExtractionLimits.maximalFieldsPerRecord + 1).utf8)?.code == .tooManyFields)
    let longNames =
      #"{"id":"a","\#(String(repeating: "k", count: 60_000))":{"#
      + (0..<1_000).map { "\"a\($0)\":1" }.joined(separator: ",") + "}}"
    #expect(failure(longNames.utf8)?.code == .tooManyFields)
  }

  @Test func oneParserGoesOnAfterErrorsAndLongLines() throws {
    let parser = try JSONLineParser()
    for length in [10, 100_000, 18_000_000, 10] {
      let text = [UInt8](repeating: 0x78, count: length)
      let json = Array(#"{"id":"a","text":""#.utf8) + text + Array(#""}"#.utf8)
      #expect(try parser.parse(json).text.count == length)
      #expect(throws: ExtractionError.self) { _ = try parser.parse("{".utf8) }
    }
  }

  /// What Foundation reads, the parser reads the same; what it refuses, the parser refuses.
  @Test(arguments: 1...20) func agreesWithFoundation(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabet: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\u{1}", "é", "中", "😀", "/", " ", "\u{10FFFF}", "\u{7F}"]
    for _ in 0..<200 {
      func text() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...80, using: &generator) {
          scalars.append(alphabet.randomElement(using: &generator) ?? "a")
        }
        return String(scalars)
      }
      let object = ["id": "x" + text(), "title": text(), "text": text()]
      var data = Array(try JSONSerialization.data(withJSONObject: object))
      let parsed = try parse(data)
      #expect(
        [parsed.id, parsed.title, parsed.text] == [object["id"], object["title"], object["text"]], "seed \(seed)")
      data[Int.random(in: 0..<data.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      let isValid = (try? JSONSerialization.jsonObject(with: Data(data))) as? [String: Any] != nil
      if let error = failure(data), [.badJSON, .badEncoding].contains(error.code) {
        #expect(!isValid || !data.isUTF8, "seed \(seed): \(String(decoding: data, as: UTF8.self)) \(error)")
        #expect((error.offset ?? -1) <= data.count)
      }
    }
  }
}
