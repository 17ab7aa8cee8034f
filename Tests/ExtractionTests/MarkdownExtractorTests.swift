// Text out of Markdown.

import Testing

@testable import Extraction

@Suite struct MarkdownExtractorTests {
  @Test func structureBecomesEmptyLines() throws {
    let found = try document(
      "a.md",
      """
      # 標題 *one*

      Para with [a link](http://example.com/x "title"), ![圖片](a.png) and **bold**.
      Second line
      <https://auto.example>

      - item 1
      - item 2
        - nested

      > quoted

      Setext `code`
      -------------
      """)
    #expect(
      found.string == """
        標題 one

        Para with a link, 圖片 and bold.
        Second line
        https://auto.example

        item 1

        item 2

        nested

        quoted

        Setext code
        """)
    #expect(found.title == "標題 one")
    #expect(found.headings == ["標題 one", "Setext code"])
  }

  @Test func codeIsKeptAsItStands() throws {
    let found = try document("a.md", "x\n\n```swift\nlet a = 1\n\n  let b = \"中\" // &amp;\n```\n\ny")
    #expect(found.string == "x\n\nlet a = 1\n\n  let b = \"中\" // &amp;\n\ny")
  }

  @Test func cellsOfTablesAreSeparated() throws {
    let found = try document("a.md", "| 甲 | 乙 |\n|---|---|\n| 1 | 香港 |\n")
    #expect(found.string == "甲 | 乙\n\n1 | 香港")
  }

  @Test func htmlLosesItsTags() throws {
    let found = try document(
      "a.md",
      "<div class=\"a>b\">Block <img src=x alt=\"圖 &lt;\"> &amp; text<script>no</script></div>\n\nin<br>line <span\ntitle='x'>span</span> <!-- no -->end"
    )
    #expect(found.string == "Block 圖 < & text\n\nin\nline span end")
  }

  @Test func entitiesAreDecoded() throws {
    let found = try document(
      "a.md", "&amp; &hellip; &#x4E2D;&#25991; &CounterClockwiseContourIntegral; &unknownname; &#xD800;")
    #expect(found.string == "& … 中文 ∳ &unknownname; \u{FFFD}")
  }

  @Test func frontMatterGivesTheTitle() throws {
    let found = try document("a.md", "---\ntitle: \"前言: x\"\nauthor: nobody\ndescription: 描述\n---\n# Heading\nText")
    #expect(found.title == "前言: x")
    #expect(found.string == "描述\n\nHeading\n\nText")
    #expect(try document("a.md", "+++\ntitle = 'T'\n+++\nText").title == "T")
    let rule = try document("a.md", "---\ntitle: x\n\nText")
    #expect(rule.title == "a.md")
    #expect(rule.string == "title: x\n\nText")
  }

  @Test func largeDocumentsAreReadInPieces() throws {
    let paragraph = "para *x* [y](z) 中文\n\n"
    let count = 3 * ExtractionLimits.markdownChunkSizeInBytes / paragraph.utf8.count
    let found = try document("a.md", String(repeating: paragraph, count: count))
    #expect(found.string == Array(repeating: "para x y 中文", count: count).joined(separator: "\n\n"))
  }

  @Test func longTitlesAreCutAtACharacter() throws {
    let found = try document("a.md", "# " + String(repeating: "中", count: 2_000))
    #expect(found.title == String(repeating: "中", count: ExtractionLimits.maximalTitleLengthInBytes / 3))
  }
}
