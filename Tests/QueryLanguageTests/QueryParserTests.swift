// What queries are read as, and what cannot be read.

import QueryLanguage
import Testing

@Suite("Parser")
struct QueryParserTests {
  static let fields: Set<String> = ["title", "price", "author.name", "a:b"]

  static func operators(_ name: String) -> [DefaultOperator] {
    DefaultOperator(rawValue: name).map { [$0] } ?? DefaultOperator.allCases
  }

  @Test("Every query of the table is read as its tree, and so is what the printer makes of it")
  func table() throws {
    let rows = try DataFile.rows("queries.tsv")
    #expect(rows.count > 200)
    for row in rows {
      try #require(row.count == 3, "\(row)")
      for defaultOperator in Self.operators(row[0]) {
        let parser = QueryParser(fields: Self.fields, defaultOperator: defaultOperator)
        do {
          let tree = try #require(try parser.parse(row[1]))
          #expect(TreeNotation.string(tree) == row[2], "\(defaultOperator): \(row[1])")
          let printed = try #require(QueryPrinter.print(tree), "\(row[1])")
          for other in DefaultOperator.allCases {
            let again = try QueryParser(fields: Self.fields, defaultOperator: other).parse(printed)
            #expect(again == tree, "\(row[1]) printed as \(printed) for \(other)")
          }
        } catch let error as QueryParseError {
          Issue.record("\(row[1]): \(error.describe(in: row[1]))")
        }
      }
    }
  }

  @Test("Every fault of the table is found where it is", arguments: DefaultOperator.allCases)
  func errors(defaultOperator: DefaultOperator) throws {
    let parser = QueryParser(fields: Self.fields, defaultOperator: defaultOperator)
    for row in try DataFile.rows("errors.tsv") {
      try #require(row.count == 4, "\(row)")
      let error = #expect(throws: QueryParseError.self, "\(row[0])") { try parser.parse(row[0]) }
      guard let error else { continue }
      #expect("\(error.code) \(error.range)" == "\(row[1]) \(row[2])..<\(row[3])", "\(row[0])")
    }
  }

  @Test("The table of faults has every kind but the limits")
  func errorsAreComplete() throws {
    let codes = Set(try DataFile.rows("errors.tsv").map { $0[1] })
    let limits: [QueryParseError.Code] = [.tooLong, .tooManyClauses, .nestedTooDeeply]
    #expect(codes.union(limits.map(\.rawValue)) == Set(QueryParseError.Code.allCases.map(\.rawValue)))
  }

  @Test("Nothing but white space is no query", arguments: ["", " ", "\t\n", "\u{3000}\u{A0}\u{2003}\u{2028}\u{85}"])
  func blank(query: String) throws {
    #expect(try QueryParser(fields: Self.fields).parse(query) == nil)
  }

  @Test("Every white space of Unicode separates clauses, and nothing else does")
  func whiteSpace() throws {
    let parser = QueryParser(fields: [])
    for value in UInt32(1)...0x3001 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let query = "a\(Character(scalar))b"
      guard let tree = try? parser.parse(query) else { continue }
      if case .boolean = tree.node {
        #expect(scalar.properties.isWhitespace, "U+\(String(value, radix: 16))")
      } else {
        #expect(!scalar.properties.isWhitespace, "U+\(String(value, radix: 16))")
      }
    }
  }

  @Test("Trees say which bytes they were read from")
  func sourceRanges() throws {
    let query = "香港 +title:(foo OR \"b c\"~2^3)"
    let tree = try #require(try QueryParser(fields: ["title"]).parse(query))
    var ranges: [String] = []
    func visit(_ tree: QueryTree) {
      if let range = tree.sourceRange {
        ranges.append(String(decoding: Array(query.utf8)[range], as: UTF8.self))
      }
      switch tree.node {
      case .boolean(let clauses, _): clauses.map(\.tree).forEach(visit)
      case .fielded(_, let inner), .boosted(let inner, _): visit(inner)
      default: break
      }
    }
    visit(tree)
    let field = "title:(foo OR \"b c\"~2^3)"
    #expect(
      ranges == [
        "香港 +\(field)", "香港", field, "foo OR \"b c\"~2^3", "foo", "\"b c\"~2^3", "\"b c\"~2",
      ])
  }

  @Test("Without fields every colon is text")
  func noFields() throws {
    let tree = try #require(try QueryParser(fields: []).parse("title:foo"))
    #expect(tree == .text("title:foo"))
  }
}
