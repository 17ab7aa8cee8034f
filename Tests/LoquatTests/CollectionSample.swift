// Documents of the shared collections in an index in memory.

import Foundation
import Loquat

/// Texts of shared collections and the index that holds them.
struct CollectionSample {
  let texts: [String]
  let snapshot: IndexSnapshot
  private let compiler: QueryCompiler
  private let searcher: Searcher

  /// Takes at most so many documents of each collection.
  init(_ collections: [(name: String, limit: Int)]) throws {
    var texts: [String] = []
    for (name, limit) in collections { texts += try Self.texts(name, limit: limit) }
    let index = try LoquatIndex.inMemory(settings: IndexSettings(store: .ids))
    try index.update { update in
      for (number, text) in texts.enumerated() { try update.add(Document(id: String(number), text: text)) }
    }
    self.texts = texts
    snapshot = index.current
    compiler = try snapshot.makeQueryCompiler(RankingWeights(), .and)
    searcher = snapshot.makeSearcher()
  }

  private static func texts(_ collection: String, limit: Int) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let path = (SharedData.folder ?? "") + "/collections/\(collection)/docs.jsonl.xz"
    process.arguments = ["-c", "xzcat '\(path)' | head -n \(limit)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    struct Line: Decodable { let text: String }
    return try data.split(separator: 0x0A).map { try JSONDecoder().decode(Line.self, from: $0).text }
  }

  /// Whether a query in the query language, with operator `and`, finds a document among all results.
  func finds(_ query: String, document: Int) throws -> Bool {
    guard let tree = try snapshot.parse(query, .and),
      let address = try snapshot.reader.find(id: Array(String(document).utf8))
    else { return false }
    let found = try searcher.search(try compiler.compile(tree), SearchOptions(limit: texts.count))
    return found.hits.contains { $0.address == address }
  }
}
