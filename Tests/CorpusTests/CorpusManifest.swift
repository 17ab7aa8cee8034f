// The manifest and the queries of the corpus, as the tests read them.

import Foundation

/// What the corpus says of itself.
struct CorpusManifest {
  /// A line of `manifest.tsv`.
  struct Entry {
    let path: String
    let language: String
    let format: String
    let encoding: String
    let topic: String
    let purpose: String
  }

  /// A line of `queries.tsv`.
  struct Query {
    let id: String
    let text: String
    let documents: [String]
  }

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpus")
  static let documents = folder.appendingPathComponent("Documents")

  let entries: [Entry]
  let queries: [Query]

  init() throws {
    let manifest = try Self.table("manifest.tsv", ["path", "language", "format", "encoding", "topic", "purpose"])
    entries = manifest.map {
      Entry(path: $0[0], language: $0[1], format: $0[2], encoding: $0[3], topic: $0[4], purpose: $0[5])
    }
    queries = try Self.table("queries.tsv", ["id", "query", "documents"]).map {
      Query(id: $0[0], text: $0[1], documents: $0[2].split(separator: ",").map(String.init))
    }
  }

  /// The lines of a table behind its header, each with as many columns as the header, none of them empty.
  private static func table(_ name: String, _ header: [String]) throws -> [[String]] {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard lines.first == header else { throw Malformed(description: "\(name): another header than \(header)") }
    guard lines.last == [""] else { throw Malformed(description: "\(name): no line feed at the end") }
    lines = Array(lines.dropFirst().dropLast())
    for (number, line) in lines.enumerated() where line.count != header.count || line.contains("") {
      throw Malformed(description: "\(name):\(number + 2): not \(header.count) columns with something in each")
    }
    return lines
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// The paths of all files below `Documents`.
  static func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: documents.path).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: documents.appendingPathComponent($0).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  /// The bytes of a document.
  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: documents.appendingPathComponent(path)))
  }
}
