// Queries over an index, by algorithm. Reached through `Searcher`, so that a change within the engine needs none here.

import Loquat
import QuerySets

/// Evaluation of queries.
enum QueryPaths {
  static func all(_ data: HotPathData, index path: String) throws -> [HotPath] {
    let snapshot = try LoquatIndex.open(path: path).current
    let set = try QuerySet(snapshot, data)
    var paths = [
      try set.count("intersection", .intersection), try set.top("intersection", .intersection, 10),
      try set.count("union", .union), try set.top("union", .union, 10), try set.top("union", .union, 100),
      try set.top("union", .union, 10, counting: true),
      try set.count("phrase", .phrase), try set.top("phrase", .phrase, 10),
      try set.top("question", .question, 10), try set.top("mixed words", .mixed, 10),
      // Every document of a term is scored when the matches are counted too …
      try set.top("scoring a term's documents", .term, 10, counting: true),
      // … and many of them enter and leave the heap when many are wanted.
      try set.top("heap of the best of a term's documents", .term, 1000),
      try set.count("prefix", .prefix), try set.count("fuzzy word", .fuzzy),
    ]
    paths.append(try set.termLookup(data, snapshot))
    let texts = QueryKind.allCases.flatMap { data.queries[$0.rawValue] ?? [] }
    let trees = try texts.compactMap { try snapshot.parse($0) }
    let compiler = try snapshot.makeQueryCompiler()
    paths += [
      HotPath("query parsing") {
        try texts.reduce(0) { sum, text in sum + (try snapshot.parse(text) == nil ? 0 : 1) }
      },
      HotPath("query compiling") {
        try trees.reduce(0) { sum, tree in sum + (try compiler.compile(tree) == .none ? 0 : 1) }
      },
      HotPath("hits with snippets") {
        try (data.queries[QueryKind.union.rawValue] ?? []).reduce(0) { sum, text in
          try snapshot.search(text).hits.reduce(sum) { $0 + ($1.snippet?.html().utf8.count ?? 0) }
        }
      },
    ]
    return paths
  }
}

/// Compiled queries of each kind.
private struct QuerySet {
  private let searcher: Searcher
  private let queries: [QueryKind: [Query]]

  init(_ snapshot: IndexSnapshot, _ data: HotPathData) throws {
    searcher = snapshot.makeSearcher()
    let compiler = try snapshot.makeQueryCompiler()
    queries = try Dictionary(
      uniqueKeysWithValues: QueryKind.allCases.map { kind in
        (
          kind,
          try (data.queries[kind.rawValue] ?? []).map {
            try snapshot.parse($0).map { try compiler.compile($0) } ?? .none
          }
        )
      })
  }

  func count(_ name: String, _ kind: QueryKind) throws -> HotPath {
    let queries = queries[kind] ?? []
    return HotPath("\(name), count") { try queries.reduce(0) { $0 + (try searcher.count($1)) } }
  }

  func top(_ name: String, _ kind: QueryKind, _ limit: Int, counting: Bool = false) throws -> HotPath {
    let queries = queries[kind] ?? []
    let options = SearchOptions(limit: limit, countsTotal: counting)
    return HotPath("\(name), top \(limit)\(counting ? " and count" : "")") {
      try queries.reduce(0) { sum, query in
        let found = try searcher.search(query, options)
        return sum + found.hits.count + (found.total ?? 0)
      }
    }
  }

  /// The count of a single term is its document frequency: a look-up and nothing else.
  func termLookup(_ data: HotPathData, _ snapshot: IndexSnapshot) throws -> HotPath {
    let field = snapshot.reader.schema.number(of: "text") ?? Schema.idField
    let analyzer = try Analyzer()
    let buffer = TokenBuffer()
    var terms: [Query] = []
    for text in try data.texts(20) {
      _ = text.withUnsafeBufferPointer { bytes in
        analyzer.analyze(bytes, into: buffer) { tokens in
          for place in 0..<tokens.count where terms.count < 2_000 {
            let token = tokens[place]
            terms.append(.term(Term(field: field, space: token.kind.rawValue, bytes: tokens.termBytes(token))))
          }
        }
      }
    }
    return HotPath("term lookup") { try terms.reduce(0) { $0 + (try searcher.count($1)) } }
  }
}
