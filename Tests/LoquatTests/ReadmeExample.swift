import Loquat

func readmeExample() throws -> [String] {
  let index = try LoquatIndex.inMemory()  // or LoquatIndex(path: "notes.loquat")
  try index.update { writer in
    try writer.add(
      Document(
        id: "1", title: "科學園新聞", text: "香港科學園的 biotech 公司 BioMap 推出 xTrimo 平台。",
        fields: ["date": .text("2026-03-05"), "views": .number(128)]))
    try writer.add(Document(id: "2", title: "Harbour ferries", text: "The ferry to Lamma leaves every half hour."))
  }
  let result = try index.search("科学园 biotech")
  for hit in result.hits {
    print(hit.rank, hit.id, hit.title, hit.snippet?.html() ?? "")
  }
  return try index.search("date:[2026-01-01 TO 2026-12-31] AND views:[100 TO *]").hits.map(\.id)
}
