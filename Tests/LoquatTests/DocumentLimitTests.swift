// Documents at the edges of what is accepted: all of them are read, or refused by themselves with id and reason.

import FoundationEssentials
import TestSupport
import Testing

@testable import Analysis
@testable import Extraction
@testable import Loquat

@Suite struct DocumentLimitTests {
  /// Adds lines between two documents, which must go in whatever becomes of the others; the index is sound afterwards.
  private func add(_ lines: [String], budget: Int = 64 << 20) throws -> (index: LoquatIndex, summary: IndexingSummary) {
    let folder = try TemporaryFolder()
    try folder.write(
      (["{\"id\":\"first\",\"text\":\"loquat\"}"] + lines + ["{\"id\":\"last\",\"text\":\"loquat\"}"])
        .joined(separator: "\n"), to: "lines.jsonl")
    let index = try LoquatIndex.inMemory()
    var options = IndexingOptions()
    options.memoryBudgetInBytes = budget
    let summary = try index.addJSONLines([.file(folder.path + "/lines.jsonl")], options)
    #expect(try Set(index.search("loquat").hits.map(\.id)).isSuperset(of: ["first", "last"]))
    _ = try index.verify()
    return (index, summary)
  }

  private func total(_ index: LoquatIndex, _ query: String) throws -> Int { try index.search(query).total }

  @Test func aTermOfAMegabyteIsIndexedInPieces() throws {
    let (index, summary) = try add(["{\"id\":\"long\",\"text\":\"\(String(repeating: "a", count: 1 << 20)) tail\"}"])
    #expect(summary.added == 3 && summary.skippedCount == 0)
    #expect(try total(index, "tail") == 1)
    #expect(try total(index, String(repeating: "a", count: Analyzer.maximumTermLength)) == 1)
  }

  @Test func aTextThatTheBudgetCannotHoldIsRefused() throws {
    let text = String(repeating: "word ", count: 4 << 20)
    let (_, summary) = try add(["{\"id\":\"large\",\"text\":\"\(text)\"}"])
    #expect(summary.added == 2)
    let skipped = try #require(summary.skipped.first)
    #expect(skipped.name.hasSuffix("lines.jsonl:2"))
    #expect(skipped.reason.contains("bytes"), "\(skipped.reason)")
    let (index, larger) = try add(["{\"id\":\"large\",\"text\":\"\(text)\"}"], budget: 256 << 20)
    #expect(larger.added == 3)
    #expect(try total(index, "word") == 1)
  }

  @Test(.enabled(if: testFlag("LOQUAT_TORTURE"))) func aTextOfAHundredMegabytesIsIndexedWithinAGigabyte() throws {
    let text = (0..<10_000_000).map { "w\($0 % 1_000_003) " }.joined()
    #expect(text.utf8.count > 60 << 20)
    let (index, summary) = try add(
      ["{\"id\":\"large\",\"text\":\"\(text) \(text.prefix(30 << 20)) end\"}"], budget: 1 << 30)
    #expect(summary.added == 3, "\(summary.skipped)")
    #expect(try total(index, "+w77 +end") == 1)
  }

  @Test func emptyTextsAndFieldsAreDocuments() throws {
    let (index, summary) = try add([
      "{\"id\":\"e\",\"title\":\"\",\"text\":\"\",\"tag\":\"\"}", "{\"id\":\"f\",\"text\":\"\"}",
    ])
    #expect(summary.added == 4 && summary.skippedCount == 0)
    #expect(try total(index, "*:*") == 4)
  }

  @Test func ofSeveralWithOneIdTheLastStays() throws {
    let (index, summary) = try add((0..<5).map { "{\"id\":\"same\",\"text\":\"version\($0)\"}" })
    #expect(summary.added == 3)
    #expect(try total(index, "version4") == 1)
    #expect(try total(index, "version*") == 1)
  }

  @Test func aLineThatIsNotUTF8IsRefused() throws {
    let folder = try TemporaryFolder()
    let lines =
      Data("{\"id\":\"a\",\"text\":\"loquat\"}\n{\"id\":\"b\",\"text\":\"".utf8) + [0xFF, 0xFE]
      + Data("\"}\n{\"id\":\"c\",\"text\":\"loquat\"}\n".utf8)
    try lines.write(to: URL(filePath: folder.path + "/lines.jsonl"))
    let index = try LoquatIndex.inMemory()
    let summary = try index.addJSONLines([.file(folder.path + "/lines.jsonl")])
    #expect(summary.added == 2 && summary.skippedCount == 1)
    #expect(summary.skipped.first?.name.hasSuffix(":2") == true)
    #expect(try total(index, "loquat") == 2)
  }

  private func line(id: String, fields: Int, of prefix: String = "f") -> String {
    "{\"id\":\"\(id)\",\"text\":\"many\","
      + (0..<fields).map { "\"\(prefix)\($0)\":\"value\($0)\"" }.joined(separator: ",") + "}"
  }

  @Test func tenThousandFieldsAreFields() throws {
    let (index, summary) = try add([line(id: "many", fields: 10_000)])
    #expect(summary.added == 3, "\(summary.skipped)")
    #expect(try total(index, "f9999:value9999") == 1)
    #expect(try total(index, "f9999:value9998") == 0)
  }

  /// A document that is refused leaves the index's room to the others.
  @Test func moreFieldsThanAnIndexHasAreRefused() throws {
    let (index, summary) = try add([
      line(id: "more", fields: 20_000, of: "g"), line(id: "many", fields: 5_000), line(id: "deep", fields: 70_000),
    ])
    #expect(summary.added == 3)
    let skipped = summary.skipped.sorted { $0.name < $1.name }
    #expect(skipped.count == 2)
    #expect(skipped[0].name.hasSuffix("lines.jsonl:2 (id more)") && skipped[0].reason.contains("30000"))
    #expect(skipped[1].name.hasSuffix("lines.jsonl:4"))
    #expect(try total(index, "f4999:value4999") == 1)
  }

  @Test func namesOfFields() throws {
    let longest = String(repeating: "n", count: Document.maximumFieldNameLength)
    let (index, summary) = try add([
      "{\"id\":\"a\",\"text\":\"x\",\"\(longest)\":\"2026-01-01\"}",
      "{\"id\":\"b\",\"text\":\"x\",\"\(longest)n\":\"v\"}",
      "{\"id\":\"c\",\"text\":\"x\",\"_date.y\":\"v\"}",
    ])
    #expect(summary.added == 3)
    #expect(summary.skipped.map(\.name).map { $0.suffix(6) }.sorted() == ["(id b)", "(id c)"])
    #expect(try total(index, "x") == 1)
  }

  @Test func ids() throws {
    let (index, summary) = try add(
      [1_024, 1_025].map { "{\"id\":\"\(String(repeating: "i", count: $0))\",\"text\":\"x\"}" })
    #expect(summary.added == 3)
    #expect(summary.skipped.count == 1 && summary.skipped[0].reason.contains("1024"), "\(summary.skipped)")
    #expect(try index.search("x").hits.map(\.id.utf8.count) == [1_024])
  }

  /// Every constant that `Docs/Limits.md` names has the value that it states.
  @Test func theDocumentationStatesTheLimits() throws {
    let known: [String: Int] = [
      "IndexLimits.idLength": IndexLimits.idLength, "IndexLimits.textLength": IndexLimits.textLength,
      "IndexLimits.storedLength": IndexLimits.storedLength, "IndexLimits.fields": IndexLimits.fields,
      "Document.maximumFieldNameLength": Document.maximumFieldNameLength,
      "IndexLimits.termLength": IndexLimits.termLength, "Analyzer.maximumTermLength": Analyzer.maximumTermLength,
      "IndexLimits.position": IndexLimits.position, "IndexLimits.termSpaces": IndexLimits.termSpaces,
      "IndexLimits.documentsPerSegment": IndexLimits.documentsPerSegment,
      "ExtractionLimits.maximalFileSizeInBytes": ExtractionLimits.maximalFileSizeInBytes,
      "ExtractionLimits.maximalLineLengthInBytes": ExtractionLimits.maximalLineLengthInBytes,
      "ExtractionLimits.maximalJSONDepth": ExtractionLimits.maximalJSONDepth,
      "ExtractionLimits.maximalFieldsPerRecord": ExtractionLimits.maximalFieldsPerRecord,
      "ExtractionLimits.maximalTitleLengthInBytes": ExtractionLimits.maximalTitleLengthInBytes,
      "ExtractionLimits.maximalHeadings": ExtractionLimits.maximalHeadings,
      "ExtractionLimits.maximalFolderDepth": ExtractionLimits.maximalFolderDepth,
      "ExtractionLimits.maximalIgnoreFileSizeInBytes": ExtractionLimits.maximalIgnoreFileSizeInBytes,
      "ExtractionLimits.maximalHTMLDepth": ExtractionLimits.maximalHTMLDepth,
      "ExtractionLimits.maximalMarkdownDepth": ExtractionLimits.maximalMarkdownDepth,
      "QueryLimits.maximumBytes": QueryLimits.maximumBytes, "QueryLimits.maximumClauses": QueryLimits.maximumClauses,
      "QueryLimits.maximumNesting": QueryLimits.maximumNesting, "QueryLimits.maximumDepth": QueryLimits.maximumDepth,
      "SearchLimits.patterns": SearchLimits.patterns, "SearchLimits.phraseTerms": SearchLimits.phraseTerms,
      "SearchLimits.steps": SearchLimits.steps,
      "QueryLimits.maximumDistance": QueryLimits.maximumDistance, "QueryLimits.maximumEdits": QueryLimits.maximumEdits,
    ]
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Docs/Limits.md")
    let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
    var stated: [String: Int] = [:]
    for match in text.matches(of: /\| *([0-9]+) *\| *`([A-Za-z.]+)` *\|/) {
      stated[String(match.2)] = Int(match.1)
    }
    #expect(stated == known)
  }
}
