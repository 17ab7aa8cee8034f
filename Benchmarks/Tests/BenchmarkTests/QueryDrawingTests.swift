// Drawn queries ask for what is in the corpus, the same for the same seed.

import CorpusModel
import Loquat
import QuerySets
import Testing

@Suite struct QueryDrawingTests {
  /// An index in memory of generated documents.
  private static func makeIndex(_ documents: UInt64) throws -> LoquatIndex {
    let block = CorpusBlock()
    CorpusModel().generate(0..<documents, parameters: try CorpusParameters(seed: 5), into: block)
    let lines = block.withBytes { bytes in bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) }
    let parser = try JSONLineParser()
    let index = try LoquatIndex.inMemory()
    try index.update { update in
      for line in lines {
        let record = try parser.parse(line)
        try update.add(
          Document(
            id: String(decoding: record.id, as: UTF8.self), title: String(decoding: record.title, as: UTF8.self),
            text: String(decoding: record.text, as: UTF8.self)))
      }
    }
    return index
  }

  @Test("every kind is drawn, and whatever is drawn from a text is found in the index")
  func drawnQueriesMatch() throws {
    let snapshot = try Self.makeIndex(300).current
    let texts = try CorpusSample.texts(of: snapshot, count: 100, seed: 1)
    #expect(texts.count == 100)
    let searcher = snapshot.makeSearcher()
    let compiler = try snapshot.makeQueryCompiler()
    for kind in QueryKind.allCases {
      var drawing = QueryDrawing(texts: texts, seed: 3)
      let queries = drawing.draw(kind, count: 20)
      #expect(queries.count == 20, "\(kind)")
      #expect(Set(queries).count == 20, "\(kind)")
      for query in queries {
        let tree = try #require(try snapshot.parse(query.text), "\(query)")
        // A word may lie within a longer one of the analyzer's for a phrase or a condition; any other kind must match.
        if [.term, .union, .prefix, .mixed, .question].contains(kind) {
          #expect(try searcher.count(try compiler.compile(tree)) > 0, "\(query)")
        }
      }
    }
  }

  @Test("the same seed draws the same queries, another seed others")
  func seedDecides() {
    let texts = ["The quick brown fox jumps over the lazy dog near 香港科學園 and 中環碼頭 again and again today"]
    func draw(_ seed: UInt64) -> [BenchmarkQuery] {
      var drawing = QueryDrawing(texts: texts, seed: seed)
      return QueryKind.allCases.flatMap { drawing.draw($0, count: 5) }
    }
    #expect(draw(1) == draw(1))
    #expect(draw(1) != draw(2))
  }

  @Test("English texts give no mixed queries, and no text gives none at all")
  func nothingToDraw() {
    var english = QueryDrawing(texts: ["Only English words stand here"], seed: 1)
    #expect(english.draw(.mixed, count: 5).isEmpty)
    #expect(!english.draw(.term, count: 2).isEmpty)
    var empty = QueryDrawing(texts: [], seed: 1)
    #expect(empty.draw(.term, count: 5).isEmpty)
  }

  @Test("the sample of documents doesn't depend on how they lie in segments")
  func sampleIgnoresOrder() throws {
    func sample(_ ids: [Int], commits: Int) throws -> [String] {
      let index = try LoquatIndex.inMemory()
      for part in 0..<commits {
        try index.update { update in
          for id in ids where id % commits == part {
            try update.add(Document(id: "\(id)", title: "", text: "text of \(id)"))
          }
        }
      }
      return try CorpusSample.texts(of: index.current, count: 10, seed: 7)
    }
    let once = try sample(Array(0..<200), commits: 1)
    #expect(once.count == 10)
    #expect(try sample(Array((0..<200).reversed()), commits: 3) == once)
  }

  @Test("files of queries are read in their three forms and written in one")
  func queryFiles() {
    let text = "term\tapple\n\n{\"query\": \"+a +b\", \"tags\": [\"global\", \"intersection\", \"x:1\"]}\nplain words\n"
    let queries = QueryFile.queries(in: text)
    #expect(queries.map(\.kind) == ["term", "intersection", "query"])
    #expect(queries.map(\.text) == ["apple", "+a +b", "plain words"])
    #expect(QueryFile.queries(in: QueryFile.text(queries)) == queries)
  }
}
