// Whole lines out of any input, with their numbers.

import Foundation
import Testing

@testable import Extraction

@Suite struct LineChunkReaderTests {
  private func lines(_ reader: LineChunkReader) throws -> [(text: String, number: Int, offset: Int)] {
    var all: [(String, Int, Int)] = []
    while let chunk = try reader.next() {
      for line in chunk.lines {
        all.append((String(decoding: line.bytes, as: UTF8.self), line.number, line.byteOffset))
      }
    }
    return all
  }

  @Test(arguments: [1, 2, 3, 5, 7, 64, 4_096]) func chunksOfAnySizeGiveTheSameLines(size: Int) throws {
    let text = "first\n\nthird line\r\n  \n中文\n" + String(repeating: "x", count: 50) + "\nlast"
    let found = try lines(LineChunkReader(bytes: Array(text.utf8), name: "memory", chunkSizeInBytes: size))
    #expect(found.map(\.text) == ["first", "third line", "中文", String(repeating: "x", count: 50), "last"])
    #expect(found.map(\.number) == [1, 3, 5, 6, 7])
    #expect(found.map(\.offset) == [0, 7, 22, 29, 80])
  }

  @Test func filesAndDescriptorsAreReadAlike() throws {
    let folder = try TemporaryFolder()
    let text = (0..<10_000).map { "line \($0)" }.joined(separator: "\n") + "\n"
    let path = try folder.write("a.jsonl", text)
    let expected = text.split(separator: "\n").map(String.init)
    #expect(try lines(LineChunkReader(path: path, chunkSizeInBytes: 1_000)).map(\.text) == expected)
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    #expect(try lines(LineChunkReader(descriptor: descriptor, name: "-")).map(\.text) == expected)
  }

  @Test(arguments: [4, 16, 100, 1_000]) func tooLongLinesAreRefusedWithTheirNumber(size: Int) throws {
    let text =
      "a\n" + String(repeating: "x", count: 300) + "\nb\n" + String(repeating: "y", count: 101) + "\nc\n"
      + String(repeating: "z", count: 500)
    let reader = LineChunkReader(
      bytes: Array(text.utf8), name: "memory", chunkSizeInBytes: size, maximalLineLengthInBytes: 100)
    var found: [String] = []
    var numbers: [Int] = []
    var refused: [Int?] = []
    while let chunk = try reader.next() {
      for line in chunk.lines {
        found.append(String(decoding: line.bytes, as: UTF8.self))
        numbers.append(line.number)
      }
      refused += chunk.refusedLines.map(\.line)
      #expect(chunk.refusedLines.allSatisfy { $0.code == .tooLarge && $0.path == "memory" })
    }
    #expect(found == ["a", "b", "c"])
    #expect(numbers == [1, 3, 5])
    #expect(refused == [2, 4, 6])
  }

  @Test func byteOrderMarkIsPassedOver() throws {
    let parser = try JSONLineParser()
    let reader = LineChunkReader(bytes: [0xEF, 0xBB, 0xBF] + Array("{\"id\":\"a\"}".utf8), name: "memory")
    let chunk = try #require(try reader.next())
    let line = try #require(Array(chunk.lines).first)
    #expect(String(decoding: try parser.parse(line).id, as: UTF8.self) == "a")
  }

  @Test func nothingGivesNothing() throws {
    #expect(try LineChunkReader(bytes: [], name: "memory").next() == nil)
    #expect(throws: ExtractionError.self) { try LineChunkReader(path: "/no/such/file") }
    #expect(throws: ExtractionError.self) { try LineChunkReader(path: "/tmp") }
  }
}
