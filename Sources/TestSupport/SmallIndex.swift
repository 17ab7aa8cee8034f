// A small index with every structure in it.

public import InvertedIndex
public import Storage

/// Three segments with deletions, blocks of all kinds, positions, columns and stored fields.
public enum SmallIndex {
  /// The fields: text, and columns of whole numbers, reals and moments in time.
  public static let schema = Schema(fields: [
    FieldSchema(name: "text", spacesWithPositions: 0b01), FieldSchema(name: "views", type: .integer),
    FieldSchema(name: "price", type: .real), FieldSchema(name: "date", type: .integer),
  ])

  /// The documents of one segment; each commit of the workload adds one. Beside words of short lists there are a term of
  /// all documents, one of half of them, which becomes a set of bits, and one whose frequencies have patches.
  public static func documents(_ segment: Int, count: Int? = nil) -> [NaiveIndex.Document] {
    var generator = SeededGenerator(seed: UInt64(segment))
    return (0..<(count ?? [300, 140, 20][segment])).map { number in
      var occurrences: [NaiveIndex.Occurrence] = [.init(Term(field: 1, "everywhere"), at: 0)]
      for position in 1..<UInt32.random(in: 2...9, using: &generator) {
        let word = Int.random(in: 0..<40, using: &generator)
        occurrences.append(.init(Term(field: 1, space: word % 5 == 0 ? 1 : 0, "word\(word)"), at: position))
      }
      if Bool.random(using: &generator) { occurrences.append(.init(Term(field: 1, "half"), at: 10)) }
      if number % 200 < 120 || number > 290 {
        let positions: ArraySlice<UInt32> = [20, 21, 21, 60, 5_000].prefix(number % 37 == 0 ? 5 : 1)
        occurrences += positions.map { .init(Term(field: 1, "clustered"), at: $0) }
      }
      return .init(id: "s\(segment)d\(number)", occurrences: occurrences, lengths: [1: occurrences.count])
    }
  }

  /// Hands the documents of a segment to a writer, without a commit.
  public static func add(_ segment: Int, count: Int? = nil, to writer: IndexWriter) throws {
    let target = writer.makeDocumentWriter()
    for (number, document) in documents(segment, count: count).enumerated() {
      try Array(document.id.utf8).withUnsafeBufferPointer {
        try target.begin(id: $0, sequence: UInt64(segment * 1_000 + number))
      }
      for space in [TermSpace(0), 1] {
        target.beginTerms(field: 1, space: space)
        for occurrence in document.occurrences where occurrence.term.space == space {
          occurrence.term.bytes.withUnsafeBufferPointer { target.add($0, position: occurrence.position) }
        }
      }
      target.addLength(document.occurrences.count, field: 1)
      target.setColumn(Int64(number) * 1_000, field: 2)
      if number % 3 == 0 { target.setColumn(Double(number) / 7, field: 3) }
      if number % 2 == 0 { target.setColumn(Int64(1_700_000_000 + 86_400 * number), field: 4) }
      Array("stored text of \(document.id)".utf8).withUnsafeBufferPointer { target.store($0, field: 1) }
      try target.finishDocument(sourceBytes: 10)
    }
    try target.finish()
  }

  /// Deletes some documents of a segment with the next commit.
  public static func delete(_ numbers: Range<Int>, of segment: Int, with writer: IndexWriter) {
    for number in numbers { writer.delete(id: Array("s\(segment)d\(number)".utf8), sequence: 1_000_000) }
  }

  /// One commit: the documents of a segment, and the deletion of some of the one before.
  public static func commit(_ segment: Int, count: Int? = nil, with writer: IndexWriter) throws {
    try add(segment, count: count, to: writer)
    if segment > 0 { delete(0..<5, of: segment - 1, with: writer) }
    try writer.commit()
  }

  /// Settings under which no segments are merged unasked.
  public static var configuration: IndexWriterConfiguration {
    var configuration = IndexWriterConfiguration()
    configuration.mergePolicy.segmentsPerTier = 100
    return configuration
  }

  /// Writes all of it.
  public static func write(to directory: any Directory) throws {
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: configuration)
    defer { writer.close() }
    for segment in 0..<3 { try commit(segment, with: writer) }
  }

  /// Writes one segment whose longest list has groups of blocks, and one whose blocks are in codes.
  public static func writeLongList(to directory: any Directory) throws {
    let writer = try IndexWriter(directory: directory, schema: schema, configuration: configuration)
    defer { writer.close() }
    let target = writer.makeDocumentWriter()
    for number in 0..<4_300 {
      try Array("d\(number)".utf8).withUnsafeBufferPointer { try target.begin(id: $0, sequence: UInt64(number)) }
      target.beginTerms(field: 1, space: 0)
      let words = ["everywhere", "word\(number % 2)"] + (number % 7 == 0 ? ["rare"] : [])
      for (position, word) in words.enumerated() {
        Array(word.utf8).withUnsafeBufferPointer { target.add($0, position: UInt32(position)) }
      }
      target.addLength(2 + number % 3, field: 1)
      try target.finishDocument(sourceBytes: 10)
    }
    try target.finish()
    try writer.commit()
  }

  /// Fifty queries that touch every structure and every algorithm.
  public static let queries: [Query] = makeQueries()

  private static func makeQueries() -> [Query] {
    func text(_ word: String) -> Query { .term(Term(field: 1, word)) }
    func phrase(_ words: [(String, UInt32)], slop: UInt32 = 0) -> Query {
      .phrase(PhraseQuery(words.map { .init(Term(field: 1, $0.0), at: $0.1) }, slop: slop))
    }
    func selection(_ pattern: TermSelection.Pattern, field: FieldNumber = 1, space: TermSpace = 0) -> Query {
      .selection(TermSelection(field: field, space: space, pattern: pattern))
    }
    func range(_ lower: String?, _ upper: String?, _ isOpen: Bool = false) -> TermSelection.Pattern {
      .range(
        lower: lower.map { Array($0.utf8) }, includesLower: !isOpen, upper: upper.map { Array($0.utf8) },
        includesUpper: !isOpen)
    }
    let rare = Query.term(Term(field: 0, "s1d77"))
    var queries: [Query] = [
      text("everywhere"), text("half"), text("clustered"), text("word1"), text("missing"), rare,
      .term(Term(field: 1, space: 1, "word5")), .all, .none,
      .discounted(Term(field: 1, "word2"), 1), .boost(text("half"), 2), .constant(text("clustered"), 3),
      .combined(CombinedQuery([.init(Term(field: 1, "word3")), .init(Term(field: 1, space: 1, "word5"), weight: 2)])),
      .combined(CombinedQuery([.init(Term(field: 1, "half")), .init(Term(field: 1, "everywhere"))])),
      phrase([("everywhere", 0), ("word7", 1)]), phrase([("word1", 0), ("word2", 1)]),
      phrase([("everywhere", 0), ("half", 10)]), phrase([("everywhere", 0), ("clustered", 20)]),
      phrase([("clustered", 0), ("clustered", 1)]), phrase([("word1", 0), ("word2", 1)], slop: 4),
      phrase([("half", 0), ("clustered", 1)], slop: 20),
      selection(.prefix(Array("word1".utf8))), selection(.prefix([])), selection(.prefix(Array("s0d1".utf8)), field: 0),
      selection(range("half", "word2")), selection(range(nil, "word11", true)),
      selection(range("s0", nil), field: 0),
      selection(.automaton(FuzzyAutomaton("word12", maximumEdits: 1))),
      selection(.automaton(FuzzyAutomaton("wrd", maximumEdits: 2))),
      selection(.automaton(FuzzyAutomaton("s1d9", maximumEdits: 1)), field: 0),
      selection(.automaton(WildcardAutomaton([.literal("w"), .anyString, .literal("7")]))),
      selection(.automaton(WildcardAutomaton([.anyString, .literal("d1"), .anyCharacter])), field: 0),
      .columnRange(ColumnRange(field: 2, bounds: .integers(5_000...90_000))),
      .columnRange(ColumnRange(field: 3, bounds: .reals(1...9))),
      .columnRange(ColumnRange(field: 4, bounds: .integers(1_700_000_000...1_708_000_000))),
      .columnBoost(
        ColumnBoostQuery(
          text("half"),
          [
            ColumnBoost(field: 2, .saturation(pivot: 10_000), weight: 1),
            ColumnBoost(field: 4, .decay(origin: 1_700_000_000, halfDistance: 86_400), weight: 1),
          ])),
    ]
    if let regular = try? RegularExpressionAutomaton("(word|hal)[1f].?") {
      queries.append(selection(.automaton(regular)))
    }
    queries += [
      .boolean(BooleanQuery(should: [text("word1"), text("word2")])),
      .boolean(BooleanQuery(should: [text("half"), text("clustered"), text("everywhere")])),
      .boolean(BooleanQuery(should: [text("word1"), text("half"), rare, text("word9")], minimumShouldMatch: 2)),
      .boolean(BooleanQuery(must: [text("everywhere"), text("word3")])),
      .boolean(BooleanQuery(must: [text("half"), text("clustered")])),
      .boolean(BooleanQuery(must: [text("half"), text("everywhere"), text("clustered")], should: [text("word1")])),
      .boolean(BooleanQuery(must: [rare, text("everywhere")])),
      .boolean(BooleanQuery(must: [text("everywhere")], mustNot: [text("half")])),
      .boolean(BooleanQuery(must: [text("clustered")], filter: [text("half")])),
      .boolean(BooleanQuery(must: [phrase([("everywhere", 0), ("half", 10)]), text("clustered")])),
      .boolean(
        BooleanQuery(
          must: [text("half")], should: [phrase([("word1", 0), ("word2", 1)])], mustNot: [text("word4")],
          filter: [.columnRange(ColumnRange(field: 2, bounds: .integers(0...200_000)))])),
      .boolean(
        BooleanQuery(
          should: [
            .boolean(BooleanQuery(must: [text("word1"), text("half")])),
            .boolean(BooleanQuery(should: [text("word6"), selection(.prefix(Array("word2".utf8)))])),
          ], mustNot: [selection(.prefix(Array("word3".utf8)))])),
      .boolean(BooleanQuery(should: [text("half"), text("word8")], filter: [.all])),
    ]
    return queries
  }

  /// Everything that can be read: the answers to all queries by score, some of them by columns and with explanations too,
  /// with ids, stored fields and values of columns. Each query ends with an error after `timeout`.
  public static func answers(_ directory: any Directory, timeout: Duration? = nil) throws(IndexError) -> [String] {
    let reader = try IndexReader.open(directory)
    let searcher = Searcher(reader)
    let documents = reader.makeDocumentReader()
    var answers: [String] = ["\(reader.documentCount)"]
    func describe(_ found: TopDocuments) throws(IndexError) -> String {
      var answer = "\(found.total ?? -1)"
      for hit in found.hits {
        let stored = try documents.storedFields(of: hit.address)
        answer += " \(try documents.id(of: hit.address)):\(hit.score):\(stored.map { $0.value.count })"
        answer += ":\(try documents.integer(2, of: hit.address) ?? -1)"
      }
      return answer
    }
    for (number, query) in queries.enumerated() {
      var options = SearchOptions(limit: number % 3 == 0 ? 3 : 20, countsTotal: number % 2 == 0)
      options.control = timeout.map { SearchControl(timeout: $0) }
      let found = try searcher.search(query, options)
      answers.append(try describe(found))
      answers.append("\(try searcher.count(query))")
      if number % 4 == 0 {
        let keys = [SortKey(.column(number % 8 == 0 ? 4 : 3), isDescending: true), SortKey(.score)]
        answers.append(try describe(searcher.search(query, sortedBy: keys, options)))
        if let first = found.hits.first { answers.append("\(try searcher.explain(query, first.address)?.value ?? -1)") }
      }
    }
    if let address = try reader.find(id: Array("s0d200".utf8)) { answers.append("\(address)") }
    return answers
  }

  /// The ids of the live documents, sorted.
  public static func ids(_ reader: IndexReader) throws -> [String] {
    var ids: [String] = []
    try reader.forEachDocument { id, _ in ids.append(String(decoding: id, as: UTF8.self)) }
    return ids.sorted()
  }
}
