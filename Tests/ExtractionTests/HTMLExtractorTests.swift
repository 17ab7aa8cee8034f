// Text out of HTML.

import Testing

@testable import Extraction

@Suite struct HTMLExtractorTests {
  @Test func blocksEndWithEmptyLines() throws {
    let found = try document(
      "a.html",
      """
      <!doctype html><html><head><title> 標題 &amp;
      Title</title><style>p{}</style><script>var a = "<p>no</p>"</script></head>
      <body><h1>H<em>1</em></h1><p>Para&nbsp;one<br>two <img src=x alt="替代文字">end<p>三
      四<ul><li>a<li>b</ul><noscript>no</noscript><template>no</template><!-- no --><h2>Second</h2>尾
      """)
    #expect(found.string == "H1\n\nPara\u{A0}one\ntwo 替代文字 end\n\n三 四\n\na\n\nb\n\nSecond\n\n尾")
    #expect(found.title == "標題 & Title")
    #expect(found.headings == ["H1", "Second"])
  }

  @Test func cellsAreSeparatedAndPreformattedTextStays() throws {
    let found = try document("a.html", "<table><tr><td>甲<td>乙<tr><th>1<td>2</table><pre>\n a\n   b</pre>")
    #expect(found.string == "甲 | 乙\n\n1 | 2\n\n a\n   b")
  }

  @Test func withoutATitleTheFirstHeadingServes() throws {
    #expect(try document("d/a.html", "<h2>no</h2><h1>Yes</h1>").title == "Yes")
    #expect(try document("d/a.html", "<p>x").title == "a.html")
    #expect(try document("a.html", "<svg><title>drawing</title></svg><h1>Yes</h1>").title == "Yes")
  }

  @Test func declaredCharsetsAreHonoured() throws {
    let big5: [UInt8] = [0xAD, 0xBB, 0xB4, 0xE4]
    let found = try documents("a.html", Array("<meta charset=big5><p>".utf8) + big5)
    #expect(found.first?.string == "香港")
  }

  @Test func tooDeepDocumentsKeepTheirText() throws {
    let deep =
      String(repeating: "<div>", count: 5_000) + "香港 &amp; x<br>y<td>cell" + String(repeating: "</div>", count: 5_000)
    #expect(try document("a.html", deep).string == "香港 & x\ny | cell")
  }

  @Test func oldDocumentsWithoutEndTagsAreNotTooDeep() throws {
    let items = (0..<2_000).map { "<li>item \($0)" }.joined(separator: "\n")
    let found = try document("a.html", "<title>T</title><ul>" + items + "</ul>")
    #expect(found.title == "T")
    #expect(found.string.hasSuffix("item 1998\n\nitem 1999"))
  }
}
