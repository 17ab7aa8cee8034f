// The memory of a process that indexes, whatever comes in: never more than the budget and 128 MB.

import Foundation
import Testing

@Suite(.serialized) struct MemoryTests {
  private static let megabyte = 1 << 20

  /// Words, of which a share occurs nowhere else.
  private static func text(words: Int, state: inout UInt64) -> String {
    var text = ""
    text.reserveCapacity(8 * words)
    for _ in 0..<words {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = state >> 33
      text += String(number % 4 == 0 ? number : number % 1_000, radix: 36)
      text += number % 50 == 0 ? "香港科學園 " : " "
    }
    return text
  }

  private func write(_ runner: CommandRunner, documents: Int, words: Int) throws -> String {
    let file = runner.folder.appending(path: "documents.jsonl")
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    var state: UInt64 = 1
    for number in 0..<documents {
      let line = "{\"id\":\"\(number)\",\"text\":\"\(Self.text(words: words, state: &state))\"}\n"
      try handle.write(contentsOf: Data(line.utf8))
    }
    try handle.close()
    return file.path
  }

  @Test(arguments: ["whitespace", "mixed"], ["1", "4"])
  func manyDocumentsStayWithinTheBudget(analyzer: String, threads: String) throws {
    let runner = try CommandRunner()
    let file = try write(runner, documents: 150, words: 40_000)
    let (peak, result) = try runner.peakAnonymousMemory(
      "index", file, "--jsonl", "--analyzer", analyzer, "--threads", threads, "--memory-budget", "8", "--index", "index"
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("150 added"), "\(result.output)")
    #expect(peak < (8 + 128) * Self.megabyte, "\(peak / Self.megabyte) MB")
    let (mergePeak, merged) = try runner.peakAnonymousMemory("optimize", "--max-segments", "1", "--index", "index")
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(mergePeak < (8 + 128) * Self.megabyte, "\(mergePeak / Self.megabyte) MB")
    #expect(try runner.run("verify", "--index", "index").status == 0)
  }

  /// A line is read up to an eighth of the budget and 8 MB; what is longer is left out and the rest goes in.
  @Test(arguments: ["whitespace", "mixed"]) func hugeDocumentsStayWithinTheBudgetOrAreRefused(analyzer: String) throws {
    let runner = try CommandRunner()
    let file = runner.folder.appending(path: "documents.jsonl")
    var state: UInt64 = 2
    let large = String(Self.text(words: 3_000_000, state: &state).prefix(14 * Self.megabyte))
    let dense = String(repeating: "a ", count: 7 * Self.megabyte)
    let tooLarge = String(repeating: "x y ", count: 10 * Self.megabyte)
    let lines = [large, dense, tooLarge, "small"].enumerated().map { "{\"id\":\"d\($0)\",\"text\":\"\($1)\"}\n" }
    try Data(lines.joined().utf8).write(to: file)
    let (peak, result) = try runner.peakAnonymousMemory(
      "index", file.path, "--jsonl", "--analyzer", analyzer, "--memory-budget", "64", "--index", "index")
    // How many of the large ones fit depends on how many terms the analyzer makes of them.
    #expect(!result.output.contains("0 added"), "\(result.output)\(result.errors)")
    #expect(try runner.run("search", "small", "--index", "index").output.contains("d3"))
    #expect((result.output + result.errors).contains("longer than"), "\(result.output)\(result.errors)")
    #expect(peak < (64 + 128) * Self.megabyte, "\(peak / Self.megabyte) MB")
    #expect(try runner.run("verify", "--index", "index").status == 0)
  }
}
