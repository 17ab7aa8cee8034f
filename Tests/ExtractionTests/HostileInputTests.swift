// Input made to cost time, memory or stack.

import TestSupport
import Testing

@testable import Extraction

@Suite(.serialized) struct HostileInputTests {
  /// Each takes a naive reader quadratic time or a deep stack; the limit is far beyond what
  /// linear time needs beside other tests.
  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      ("div.html", "<div>", 500_000, ""), ("attributes.html", " a", 125_000, "<div"),
      ("p.html", "<p>", 75_000, "<b><i>"),
      ("table.html", "<table><tr><td>", 50_000, ""), ("comment.html", "<!--", 250_000, ""),
      ("script.html", "<script>", 125_000, ""), ("quote.html", "x", 1_250_000, "<a href=\""),
      ("entity.html", "&amp", 250_000, "<p>"), ("nul.html", "<p>\0x", 75_000, ""),
      ("brackets.md", "[", 250_000, ""), ("images.md", "![a](", 50_000, ""), ("links.md", "[a](<b", 50_000, ""),
      ("stars.md", "*a_ ", 62_500, ""), ("ticks.md", "` `` ", 50_000, ""), ("quotes.md", ">", 250_000, ""),
      ("lists.md", "\n", 250_000, String(repeating: "- ", count: 5_000)), ("less.md", "<a ", 75_000, ""),
      (
        "rows.md", "|\n", 100_000,
        String(repeating: "|x", count: 3_000) + "|\n" + String(repeating: "|-", count: 3_000) + "|\n"
      ),
      ("nul.md", "a\0b\n", 75_000, ""), ("references.md", "[a\n", 75_000, ""), ("fences.md", "```\n", 62_500, ""),
      ("deep.jsonl", "[", 1_250_000, "{\"id\":1,\"x\":"),
      ("surrogates.jsonl", "\\ud800", 125_000, "{\"id\":1,\"text\":\""),
      ("lines.jsonl", "{\"id\n", 75_000, ""), ("noise.txt", "\u{1}", 250_000, ""),
    ])
  func takesLinearTime(name: String, piece: String, count: Int, start: String) throws {
    let bytes = Array((start + String(repeating: piece, count: count)).utf8)
    do {
      for found in try documents(name, bytes) {
        #expect(found.text.isUTF8)
        #expect(found.text.count <= 2 * bytes.count + 1_000)
      }
    } catch let error as ExtractionError {
      #expect(error.code == .binary)
    }
  }

  @Test(arguments: 1...60) func randomMarkupNeverTraps(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "<", ">", "</", "<div", "<p>", "<table>", "<td>", "<b>", "</b>", "<script>", "<!--", "-->", "&", "&amp;", "&#",
      ";",
      "\"", "'", "=", "\n", "\n\n", " ", "# ", "- ", "> ", "|", "`", "```", "*", "_", "[", "](", ")", "!", "---", "中",
      "\0",
      "\r", "\t", "x", "1. ", "    ", "\u{FFFD}", "😀", "<svg>", "<title>", "<select>", "<template>", "alt=", "<img ",
    ]
    for name in ["a.md", "a.html"] {
      let text = (0..<Int.random(in: 1...400, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      for found in (try? documents(name, text.joined().utf8)) ?? [] {
        #expect(found.text.isUTF8, "seed \(seed)")
      }
    }
  }
}
