// Results counted by fields of documents.

import Testing

@testable import Loquat

@Suite struct FacetFieldTests {
  private func index() throws -> LoquatIndex {
    let index = try LoquatIndex.inMemory()
    let rows: [(String, String, Double, String, Bool)] = [
      ("1", "Chan Tai-man", 3, "2026-03-14", true), ("2", "陳大文", 12.5, "2026-03-30T10:00:00Z", true),
      ("3", "Chan Tai-man", -0.5, "2025-12-31", false), ("4", String(repeating: "x", count: 257), 12.5, "soon", true),
    ]
    try index.update { writer in
      for (id, author, views, date, open) in rows {
        try writer.add(
          Document(
            id: id, text: id == "3" ? "ferry" : "ferry 渡輪",
            fields: ["author": .text(author), "views": .number(views), "date": .text(date), "open": .bool(open)]))
      }
      try writer.add(Document(id: "5", text: "ferry without fields"))
    }
    return index
  }

  private func counts(_ index: LoquatIndex, _ query: String, _ field: String) throws -> [String] {
    var request = SearchRequest()
    request.facets = [try #require(FacetField(field[...]))]
    let result = try index.search(query, request)
    let facet = try #require(result.facets.first)
    return facet.counts.map { "\($0.value) \($0.documents)" } + ["\(facet.valueCount) \(facet.documentCount)"]
  }

  @Test func stringsNumbersAndDatesAreCounted() throws {
    let index = try index()
    #expect(try counts(index, "ferry", "author") == ["Chan Tai-man 2", "陳大文 1", "2 3"])
    #expect(try counts(index, "渡輪", "author") == ["Chan Tai-man 1", "陳大文 1", "2 2"])
    #expect(try counts(index, "ferry", "author:1") == ["Chan Tai-man 2", "2 3"])
    #expect(try counts(index, "ferry", "views") == ["12.5 2", "-0.5 1", "3 1", "3 4"])
    #expect(try counts(index, "ferry", "views/10") == ["10 2", "-10 1", "0 1", "3 4"])
    #expect(try counts(index, "ferry", "open") == ["true 3", "false 1", "2 4"])
    #expect(try counts(index, "ferry", "date/year") == ["2026 2", "2025 1", "2 3"])
    #expect(try counts(index, "ferry", "date:1/month") == ["2026-03 2", "2 3"])
    #expect(try counts(index, "ferry", "date/day") == ["2025-12-31 1", "2026-03-14 1", "2026-03-30 1", "3 3"])
    #expect(try counts(index, "zeppelin", "author") == ["0 0"])
  }

  @Test func hitsAndTotalAreTheSameWithFacets() throws {
    let index = try index()
    let plain = try index.search("ferry 渡輪")
    var request = SearchRequest()
    request.facets = [FacetField("author"), FacetField("date", interval: .year)]
    let counted = try index.search("ferry 渡輪", request)
    #expect(counted.hits.map(\.id) == plain.hits.map(\.id))
    #expect(counted.hits.map(\.score) == plain.hits.map(\.score))
    #expect(counted.total == plain.total)
    #expect(counted.facets.count == 2 && plain.facets.isEmpty)
  }

  @Test func filtersNarrowTheCounts() throws {
    let index = try index()
    var request = SearchRequest()
    request.facets = [FacetField("author")]
    request.filters = [try #require(try index.current.parse("views:[3 TO *]"))]
    let facet = try #require(try index.search("ferry", request).facets.first)
    #expect(facet.counts.map(\.value) == ["Chan Tai-man", "陳大文"])
    #expect(facet.counts.map(\.documents) == [1, 1])
  }

  @Test func wholeValuesAreNoTextOfQueries() throws {
    let index = try index()
    #expect(try index.search("_value.author:*").hits.isEmpty)
    #expect(throws: (any Error).self) { try counts(index, "ferry", "text") }
    #expect(throws: (any Error).self) { try counts(index, "ferry", "author/year") }
    #expect(throws: (any Error).self) { try counts(index, "ferry", "_size") }
  }

  @Test func datesOfDaysAreTheInverseOfReadingThem() throws {
    let day: Int64 = 86_400_000_000_000
    // Every day of some 580 years, with the first and the last moment of each.
    for number in Int64(-106_000)...106_000 {
      let date = ISODate.date(nanoseconds: number * day)
      let last = ISODate.date(nanoseconds: number * day + day - 1)
      guard date == last else {
        Issue.record("\(number): \(date) \(last)")
        return
      }
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let text = "\(date.year)-\(two(date.month))-\(two(date.day))"
      guard ISODate.nanoseconds(text) == number * day else {
        Issue.record("\(number): \(text)")
        return
      }
    }
    _ = ISODate.date(nanoseconds: .min)
    #expect(ISODate.date(nanoseconds: .max).year == 2262)
  }

  @Test func datesBeyondWhatAColumnHoldsAreItsEnds() throws {
    #expect(ISODate.nanoseconds("9999-12-31") == .max)
    #expect(ISODate.nanoseconds("0001-01-01T00:00:00Z") == .min)
    let index = try LoquatIndex.inMemory()
    try index.update { writer in
      for (id, date) in [("1", "0001-01-01"), ("2", "2026-03-14"), ("3", "9999-12-31")] {
        try writer.add(Document(id: id, text: "ferry", fields: ["date": .text(date)]))
      }
    }
    #expect(try index.search("date:[2026-01-01 TO 9999-12-31]").hits.map(\.id).sorted() == ["2", "3"])
    #expect(try index.search("date:[0000-01-01 TO 2026-12-31]").hits.map(\.id).sorted() == ["1", "2"])
    #expect(try index.search("date:{2026-03-14 TO 9999-12-31}").hits.isEmpty)
  }
}
