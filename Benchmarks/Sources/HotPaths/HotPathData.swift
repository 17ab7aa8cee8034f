// What the hot paths work on: generated once, so that two versions of the engine get the same bytes.

import CorpusModel
import Foundation
import Loquat
import QuerySets

/// A folder with a corpus, texts of each kind and queries.
public struct HotPathData: Sendable {
  /// Where it lies.
  public let folder: String
  /// The queries of each kind.
  let queries: [String: [String]]

  private static let corpusName = "corpus.jsonl"
  private static let queriesName = "queries.tsv"

  /// How many queries of each kind one run asks.
  private static let queriesPerKind = 20

  /// Generates the data with a fixed seed.
  ///
  /// - Throws: errors of the file system and of indexing.
  public static func make(in folder: String, documents: Int) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let model = CorpusModel()
    let corpus = try generate(model, "en=50,hant=20,hans=20,mixed=10", UInt64(documents))
    try corpus.write(to: url(folder, corpusName))
    for kind in DocumentKind.allCases {
      try generate(model, "\(kind.name)=1", 100).write(to: url(folder, "\(kind.name).jsonl"))
    }
    // Generated documents are independent of one another: the first are as good as any.
    let parser = try JSONLineParser()
    let texts = try lines(of: corpus, 500).map { String(decoding: try parser.parse($0).text, as: UTF8.self) }
    var drawing = QueryDrawing(texts: texts, seed: 1)
    let queries = QueryKind.allCases.flatMap { drawing.draw($0, count: queriesPerKind) }
    try Data(QueryFile.text(queries).utf8).write(to: url(folder, queriesName))
  }

  /// Opens data that was made before.
  ///
  /// - Throws: errors of the file system.
  public init(folder: String) throws {
    self.folder = folder
    let lines = try String(contentsOf: Self.url(folder, Self.queriesName), encoding: .utf8)
    queries = Dictionary(grouping: QueryFile.queries(in: lines), by: \.kind).mapValues { $0.map(\.text) }
  }

  /// Indexes the corpus into `path`, in one segment, with one thread so that every version numbers documents alike.
  ///
  /// - Throws: errors of indexing.
  public func index(_ path: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    let index = try LoquatIndex(path: path)
    var options = IndexingOptions()
    options.threads = 1
    try index.addJSONLines([.file(Self.url(folder, Self.corpusName).path)], options)
    try index.optimize(maximumSegments: 1)
  }

  /// The first `count` documents of the corpus as lines of JSON, all of one kind when one is given.
  func lines(_ count: Int, kind: DocumentKind? = nil) throws -> [[UInt8]] {
    let data = try Data(contentsOf: Self.url(folder, kind.map { "\($0.name).jsonl" } ?? Self.corpusName))
    return Self.lines(of: data, count)
  }

  /// The texts of the first `count` documents of a kind.
  func texts(_ count: Int, kind: DocumentKind? = nil) throws -> [[UInt8]] {
    let parser = try JSONLineParser()
    return try lines(count, kind: kind).map { Array(try parser.parse($0).text) }
  }

  private static func lines(of data: Data, _ count: Int) -> [[UInt8]] {
    data.split(separator: UInt8(ascii: "\n"), maxSplits: count).prefix(count).map(Array.init)
  }

  private static func url(_ folder: String, _ name: String) -> URL {
    URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(name)
  }

  private static func generate(_ model: CorpusModel, _ mix: String, _ documents: UInt64) throws -> Data {
    let block = CorpusBlock()
    model.generate(0..<documents, parameters: try CorpusParameters(mix: KindMix(parsing: mix)), into: block)
    return block.withBytes { Data($0) }
  }
}
