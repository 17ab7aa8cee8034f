// The ranking of the quick test collections, held to floors.

import Foundation
import Testing

@Suite struct QualityTests {
  /// The folder of shared test data: `LOQUAT_SHARED`, or `../shared` beside the package. One that is named must be there.
  static let shared: String? = {
    if let named = ProcessInfo.processInfo.environment["LOQUAT_SHARED"], !named.isEmpty { return named }
    return FileManager.default.fileExists(atPath: "../shared") ? "../shared" : nil
  }()

  /// nDCG@10 of the defaults; `make quality` has the larger collections too.
  @Test(
    .enabled(if: QualityTests.shared != nil, "skipped: needs the shared test data (LOQUAT_SHARED)"),
    arguments: [
      ("xquad_en", 0.973), ("pubmedqa", 0.980), ("xquad_zh", 0.971), ("xquad_mixed", 0.968), ("cmrc2018", 0.990),
      ("cmrc2018_hantq", 0.988),
    ])
  func quickCollectionsReachTheirFloors(collection: String, floor: Double) throws {
    let folder = URL(filePath: try #require(Self.shared)).appending(path: "collections/\(collection)")
      .standardizedFileURL.path
    let runner = try CommandRunner()
    let documents = try Self.decompress("\(folder)/docs.jsonl.xz")
    let indexed = try runner.run("index", "-", "--jsonl", "--store", "ids", "--index", "i", input: documents)
    try #require(indexed.status == 0, "\(indexed.errors)")
    let judged = try runner.run(
      "evaluate", "--index", "i", "--queries", "\(folder)/queries.tsv", "--qrels", "\(folder)/qrels.trec", "--json")
    try #require(judged.status == 0, "\(judged.errors)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(judged.output.utf8)) as? [String: Any])
    let run = try #require((object["runs"] as? [[String: Any]])?.first)
    let measures = try #require(run["measures"] as? [String: Double])
    let nDCG = try #require(measures["nDCG@10"])
    #expect(nDCG >= floor, "\(collection): nDCG@10 is \(nDCG)")
    #expect(measures["empty"] == 0, "\(collection): a query finds nothing")
  }

  private static func decompress(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["xz", "-dc", path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "xz -dc \(path)")
    return String(decoding: data, as: UTF8.self)
  }
}
