import Loquat

func readmeAsyncExample(_ index: LoquatIndex, _ feed: String) async throws -> Int {
  var options = IndexingOptions()
  options.control = OperationControl(progress: { print($0.phase, $0.done, $0.total ?? 0) })
  try await index.addJSONLines([.file(feed)], options)
  try await index.optimize()
  return try await index.search("科学园 biotech").total
}
