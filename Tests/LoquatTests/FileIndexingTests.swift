// Indexing folders: what changed, what is gone, what cannot be read.

import FoundationEssentials
import Loquat
import Testing

@Suite struct FileIndexingTests {
  private func ids(_ index: LoquatIndex, _ query: String) throws -> [String] {
    try index.search(query, SearchRequest(limit: 100)).hits.map(\.id).sorted()
  }

  @Test func aSecondRunTouchesOnlyWhatChanged() throws {
    let folder = try TemporaryFolder()
    try folder.write("# Harbour\n\nFerries leave at noon.", to: "docs/harbour.md")
    try folder.write("香港科學園", to: "zh/park.txt")
    try folder.write(
      "{\"title\":\"one\",\"text\":\"first record\"}\n{\"text\":\"second record\"}\n", to: "records.jsonl")
    let index = try LoquatIndex(path: folder.path + "/.loquat")
    let first = try index.addFiles([folder.path])
    #expect(first.added == 4)
    #expect(try ids(index, "record") == ["records.jsonl#1", "records.jsonl#2"])

    let generation = index.current.reader.generation
    let second = try index.addFiles([folder.path])
    #expect(!second.hasChanges)
    #expect(second.unchanged == 4)
    #expect(second.bytes == 0)
    #expect(index.current.reader.generation == generation)

    try folder.write("# Harbour\n\nFerries leave at midnight now.", to: "docs/harbour.md")
    try folder.write("{\"text\":\"only record\"}\n", to: "records.jsonl")
    try folder.write("new", to: "new.txt")
    try folder.remove("zh/park.txt")
    let third = try index.addFiles([folder.path])
    #expect(third.added == 1)
    #expect(third.updated == 2)
    #expect(third.removed == 2)
    #expect(try ids(index, "midnight") == ["docs/harbour.md"])
    #expect(try ids(index, "noon") == [])
    #expect(try ids(index, "record") == ["records.jsonl#1"])
    #expect(try ids(index, "科学园") == [])
    _ = try index.verify()
  }

  @Test func whatLiesOutsideTheGivenFoldersStays() throws {
    let folder = try TemporaryFolder()
    try folder.write("alpha", to: "a/one.txt")
    try folder.write("beta", to: "b/two.txt")
    let index = try LoquatIndex(path: folder.path + "/index")
    try index.addFiles([folder.path + "/a", folder.path + "/b"])
    #expect(try ids(index, "alpha beta") == ["b/two.txt", "one.txt"])
    try folder.remove("a/one.txt")
    try index.addFiles([folder.path + "/b"])
    #expect(try ids(index, "alpha beta") == ["b/two.txt", "one.txt"])
    let summary = try index.addFiles([folder.path + "/a"])
    #expect(summary.removed == 1)
    #expect(try ids(index, "alpha beta") == ["b/two.txt"])
  }

  @Test func aFolderBelowARootKeepsItsIDs() throws {
    let folder = try TemporaryFolder()
    try folder.write("alpha", to: "sub/deep/one.txt")
    let index = try LoquatIndex(path: folder.path + "/.loquat")
    try index.addFiles([folder.path])
    try folder.write("beta", to: "sub/deep/two.txt")
    let summary = try index.addFiles([folder.path + "/sub"])
    #expect(summary.added == 1)
    #expect(summary.unchanged == 1)
    #expect(try ids(index, "alpha beta") == ["sub/deep/one.txt", "sub/deep/two.txt"])
  }

  @Test func filesThatAreNoTextAreSkippedWithAReason() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", to: "good.txt")
    try folder.write(String(repeating: "\u{0}\u{1}\u{2}", count: 4_000), to: "bad.bin")
    let index = try LoquatIndex(path: folder.path + "/.loquat")
    let summary = try index.addFiles([folder.path])
    #expect(summary.added == 1)
    #expect(summary.skipped.map(\.name) == ["bad.bin"])
    #expect(summary.skipped.first?.reason.isEmpty == false)
  }

  @Test func aPathThatIsNotThereIsAnErrorAndChangesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", to: "good.txt")
    let index = try LoquatIndex(path: folder.path + "/index")
    #expect(throws: ExtractionError.self) { try index.addFiles([folder.path + "/good.txt", folder.path + "/none"]) }
    #expect(index.current.documentCount == 0)
  }

  @Test func aFileWithOneWrongByteIsReadAsTheRestOfItSays() throws {
    let folder = try TemporaryFolder()
    var bytes = Data(String(repeating: "香港科學園", count: 100).utf8)
    bytes.insert(0xFF, at: 600)
    try bytes.write(to: URL(filePath: folder.path + "/a.txt"))
    let index = try LoquatIndex(path: folder.path + "/.loquat")
    try index.addFiles([folder.path])
    #expect(try ids(index, "科学园") == ["a.txt"])
  }

  @Test func anIndexMovesWithItsFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("alpha", to: "old/one.txt")
    try LoquatIndex(path: folder.path + "/old/.loquat").addFiles([folder.path + "/old"])
    try FileManager.default.moveItem(atPath: folder.path + "/old", toPath: folder.path + "/new")
    let index = try LoquatIndex.open(path: folder.path + "/new/.loquat")
    let summary = try index.addFiles([folder.path + "/new"])
    #expect(!summary.hasChanges)
    #expect(summary.unchanged == 1)
  }

  @Test func jsonLinesAreUpsertedByIDWhateverTheThreads() throws {
    let folder = try TemporaryFolder()
    var lines = ""
    for number in 0..<20_000 {
      lines += "{\"id\":\"d\(number % 5_000)\",\"text\":\"round\(number / 5_000) word\(number % 7)\"}\n"
    }
    lines += "not json\n{\"text\":\"no id\"}\n"
    try folder.write(lines, to: "docs.jsonl")
    for threads in [1, 3] {
      let index = try LoquatIndex.inMemory()
      var options = IndexingOptions()
      options.threads = threads
      let summary = try index.addJSONLines([.file(folder.path + "/docs.jsonl")], options)
      #expect(summary.added == 5_000)
      #expect(summary.skippedCount == 2)
      #expect(try index.search("round3").total == 5_000)
      #expect(try index.search("round2").total == 0)
      let again = try index.addJSONLines([.file(folder.path + "/docs.jsonl")], options)
      #expect(again.updated == 5_000)
      #expect(index.current.documentCount == 5_000)
      _ = try index.verify()
    }
  }

  @Test func aSmallMemoryBudgetMakesSegmentsNotErrors() throws {
    let folder = try TemporaryFolder()
    var lines = ""
    for number in 0..<3_000 { lines += "{\"id\":\"\(number)\",\"text\":\"unique\(number) common 香港\(number % 10)\"}\n" }
    try folder.write(lines, to: "docs.jsonl")
    let index = try LoquatIndex.inMemory()
    var options = IndexingOptions()
    options.threads = 2
    options.memoryBudgetInBytes = 1 << 20
    try index.addJSONLines([.file(folder.path + "/docs.jsonl")], options)
    #expect(try index.search("common").total == 3_000)
    #expect(try index.search("unique2999").total == 1)
    try index.optimize()
    #expect(index.current.reader.segmentCount == 1)
    #expect(try index.search("香港").total == 3_000)
  }
}
