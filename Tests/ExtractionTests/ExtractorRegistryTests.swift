// Which extractor is chosen, and what becomes of files that aren't text.

import Foundation
import Testing

@testable import Extraction

@Suite struct ExtractorRegistryTests {
  @Test func theExtensionDecides() throws {
    #expect(try document("a.MD", "# *T*").string == "T")
    #expect(try document("a.htm", "<p>x").string == "x")
    #expect(try document("README", "# *T*").string == "# *T*")
    #expect(try document("a.swift", "<p>").string == "<p>")
    #expect(try document("a.unknown", "<p>").string == "<p>")
  }

  @Test func titlesOfPlainTextAreFirstLinesOrNames() throws {
    #expect(try document("d/a.txt", "\n  First line \nbody").title == "First line")
    #expect(try document("d/a.txt", String(repeating: "x", count: 200)).title == "a.txt")
    #expect(try document("d/a.txt", "").title == "a.txt")
    #expect(try document("d/a.swift", "// comment").title == "a.swift")
  }

  @Test func linesOfJSONAreParts() throws {
    var found: [ExtractedDocument] = []
    let json = "{\"id\":\"a\",\"text\":\"x\",\"n\":1}\n\nbad\n{\"text\":\"y\"}"
    let file = SourceFile(path: "d/a.jsonl", bytes: Array(json.utf8))
    let summary = try ExtractorRegistry.standard.extract(file) { found.append($0) }
    #expect(found.map(\.part) == [1, 4])
    #expect(found.map(\.id) == ["a", nil])
    #expect(found.map(\.string) == ["x", "y"])
    #expect(found.first?.fields.first?.value == .number(1))
    #expect(summary.documents == 2)
    #expect(summary.refusedParts == 1)
    #expect(summary.problems.first?.line == 3)
    #expect(summary.problems.first?.path == "d/a.jsonl")
  }

  @Test func binaryFilesAreRefusedByName() throws {
    let folder = try TemporaryFolder()
    let pdf = try folder.write("a.pdf", "%PDF-1.4 text")
    let noise = try folder.write("b.bin", (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
    for path in [pdf, noise] {
      #expect {
        _ = try ExtractorRegistry.standard.extract(SourceFile(path: "x/y", absolutePath: path)) { _ in }
      } throws: { error in
        (error as? ExtractionError)?.code == .binary && (error as? ExtractionError)?.path == "x/y"
      }
    }
  }

  @Test func missingFilesAndFoldersAreErrors() throws {
    let folder = try TemporaryFolder()
    for (path, code) in [(folder.path + "/none", ExtractionError.Code.notFound), (folder.path, .unsupportedFormat)] {
      #expect {
        _ = try ExtractorRegistry.standard.extract(SourceFile(path: "x", absolutePath: path)) { _ in }
      } throws: { ($0 as? ExtractionError)?.code == code }
    }
  }

  @Test func whatDeliverThrowsComesThrough() throws {
    struct Stop: Error {}
    for path in ["a.md", "a.html", "a.txt", "a.jsonl"] {
      #expect(throws: Stop.self) {
        _ = try ExtractorRegistry.standard.extract(SourceFile(path: path, bytes: Array("{\"id\":1}".utf8))) { _ in
          throw Stop()
        }
      }
    }
  }
}
