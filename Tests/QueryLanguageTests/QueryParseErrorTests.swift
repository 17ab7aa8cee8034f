// How faults are told.

import QueryLanguage
import Testing

@Suite("Parse errors")
struct QueryParseErrorTests {
  private func error(_ query: String) throws -> QueryParseError {
    try #require(throws: QueryParseError.self) { try QueryParser(fields: ["title"]).parse(query) }
  }

  @Test("The line counts characters, not bytes")
  func line() throws {
    let query = "香港👨‍👩‍👧é \"科學"
    let error = try error(query)
    #expect(error.describe(in: query) == "character 6: the quotation mark is not closed; expected \" or \\\"")
    #expect(error.description == "byte 27: the quotation mark is not closed; expected \" or \\\"")
  }

  @Test("The caret stands under the fault, wide characters counted as two columns")
  func caret() throws {
    let query = "香港 (科學園"
    #expect(
      try error(query).describe(in: query, caret: true) == """
        character 4: the parenthesis is not closed; expected )
          香港 (科學園
               ^
        """)
  }

  @Test("A fault at the end has a caret behind the text")
  func caretAtEnd() throws {
    #expect(
      try error("title:").describe(in: "title:", caret: true) == """
        character 7: nothing to search for follows the field; expected a word, a phrase, (, [ or \\:
          title:
                ^
        """)
  }

  @Test("A long query is shown in part, and a long fault is cut")
  func longQuery() throws {
    let query = String(repeating: "a ", count: 500) + "(" + String(repeating: "b ", count: 500)
    let lines = try error(query).describe(in: query, caret: true).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].count < 80)
    #expect(lines[1].hasPrefix("  …a a") && lines[1].hasSuffix("…"))
    let column = try #require(lines[2].firstIndex(of: "^"))
    #expect(Array(lines[1])[lines[2].distance(from: lines[2].startIndex, to: column)] == "(")
    let tooLong = String(repeating: "長", count: QueryLimits.maximumBytes)
    let shown = try error(tooLong).describe(in: tooLong, caret: true).split(separator: "\n")
    #expect(shown[1].count < 40 && shown[2].count <= 70)
  }

  @Test("Nothing in a query reaches the terminal as a control character")
  func controlCharacters() throws {
    let query = "\u{1B}[31m\u{202E}a\r\nb\u{7} ("
    let text = try error(query).describe(in: query, caret: true)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(
      !text.unicodeScalars.contains { scalar in
        scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
      })
  }

  @Test("A query other than the one that was parsed is described without harm")
  func otherQuery() throws {
    let error = try error("aaaaaaaaaaaaaaa (")
    #expect(error.describe(in: "香", caret: true).hasPrefix("character 2: "))
    #expect(error.describe(in: "", caret: true).hasPrefix("character 1: "))
  }
}
