// The documents of the demonstration are found by the queries that were written for them.

import FoundationEssentials
import Loquat
import Testing

@Suite struct CorpusSearchTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")

  @Test func everyQueryOfTheCorpusFindsItsDocumentsAmongTheFirstThree() throws {
    let folder = try TemporaryFolder()
    let index = try LoquatIndex(path: folder.path + "/index")
    let summary = try index.addFiles([Self.root.appending(path: "Documents").path])
    #expect(summary.skippedCount == 0, "\(summary.skipped)")
    #expect(summary.added > 200)
    let queries = String(decoding: try Data(contentsOf: Self.root.appending(path: "queries.tsv")), as: UTF8.self)
    var count = 0
    for line in queries.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(columns.count == 3, "\(line)")
      let found = try index.search(columns[1], SearchRequest(limit: 3)).hits.map(\.id)
      for expected in columns[2].split(separator: ",") {
        #expect(found.contains(String(expected)), "\(columns[0]): \(columns[1]) finds \(found)")
      }
      count += 1
    }
    #expect(count >= 60)
  }
}
