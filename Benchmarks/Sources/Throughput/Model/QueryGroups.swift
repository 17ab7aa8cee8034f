// The queries of a run by kind.

import Foundation
import Loquat
import QuerySets

/// Queries of each kind, in the order of the tables.
struct QueryGroups {
  let groups: [(kind: String, queries: [String])]

  /// Reads the queries of a file, or draws them from the documents of an index.
  ///
  /// - Throws: ``BenchError`` when there are none; errors of reading.
  init(_ settings: BenchSettings, _ snapshot: IndexSnapshot) throws {
    let queries: [BenchmarkQuery]
    if let path = settings.queryFile {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw BenchError("\(path) cannot be read")
      }
      queries = QueryFile.queries(in: text)
    } else {
      let texts = try CorpusSample.texts(
        of: snapshot, count: max(200, 5 * settings.queriesPerKind), seed: settings.seed)
      var drawing = QueryDrawing(texts: texts, seed: settings.seed)
      queries = QueryKind.allCases.flatMap { drawing.draw($0, count: settings.queriesPerKind) }
    }
    var order: [String] = []
    var byKind: [String: [String]] = [:]
    for query in queries {
      // What this index cannot be asked is left out here, not in the middle of a measurement.
      guard (try? Self.check(query.text, snapshot)) != nil else { continue }
      if byKind[query.kind] == nil { order.append(query.kind) }
      byKind[query.kind, default: []].append(query.text)
    }
    groups = order.map { ($0, byKind[$0] ?? []) }
    if groups.isEmpty { throw BenchError("there are no queries") }
  }

  private static func check(_ text: String, _ snapshot: IndexSnapshot) throws {
    if let tree = try snapshot.parse(text) { _ = try snapshot.makeQueryCompiler().compile(tree) }
  }

  /// The queries as they can be given to another run.
  var text: String {
    QueryFile.text(groups.flatMap { group in group.queries.map { BenchmarkQuery(kind: group.kind, text: $0) } })
  }

  /// One query of each kind after another, so that every part of a run has all kinds.
  var mixed: [String] {
    let longest = groups.map(\.queries.count).max() ?? 0
    return (0..<longest).flatMap { place in
      groups.compactMap { place < $0.queries.count ? $0.queries[place] : nil }
    }
  }
}
