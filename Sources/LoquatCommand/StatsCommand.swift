// `loquat stats`: counts and sizes.

import ArgumentParser
import Loquat

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stats", abstract: "Show counts and sizes of the index.")

  @OptionGroup var location: IndexLocation

  @Flag(help: "Print as JSON.")
  var json = false

  private struct Output: Encodable {
    struct Space: Encodable {
      let field: String
      let kind: String
      let terms, postings, positions, postings_bytes, positions_bytes: Int
    }
    let documents, deleted, segments, terms, postings, source_bytes, index_bytes: Int
    let files: [String: Int]
    let kinds: [Space]
    let analyzer: String
    let store: String
  }

  func run() throws {
    let index = try location.open()
    let statistics = try index.current.reader.statistics()
    let spaces = statistics.spaces.map { space in
      Output.Space(
        field: index.current.reader.schema.field(space.field)?.name ?? "?",
        kind: space.field == 0 ? "id" : TermKind(rawValue: space.space).map { "\($0)" } ?? "\(space.space)",
        terms: space.terms, postings: space.sumDocumentFrequency,
        positions: space.hasPositions ? space.sumTotalFrequency : 0, postings_bytes: space.postingsBytes,
        positions_bytes: space.positionsBytes)
    }
    let files = Dictionary(uniqueKeysWithValues: statistics.files.map { ($0.key.rawValue, $0.value) })
    if json {
      try JSONOutput.print(
        Output(
          documents: statistics.documents, deleted: statistics.deleted, segments: statistics.segments,
          terms: statistics.terms, postings: statistics.postings, source_bytes: statistics.sourceBytes,
          index_bytes: statistics.indexBytes, files: files, kinds: spaces,
          analyzer: index.settings.analyzer.fingerprint, store: index.settings.store.rawValue))
      return
    }
    print("documents  \(statistics.documents) (\(statistics.deleted) deleted)")
    print("segments   \(statistics.segments)")
    print("terms      \(statistics.terms)")
    print("postings   \(statistics.postings)")
    print("source     \(Format.megabytes(statistics.sourceBytes))")
    print("index      \(Format.megabytes(statistics.indexBytes))")
    print("analyzer   \(index.settings.analyzer.fingerprint)")
    print("files")
    for (kind, bytes) in files.sorted(by: { $0.value > $1.value }) {
      print("  \(pad(kind)) \(Format.megabytes(bytes))")
    }
    print("terms by field and kind")
    for space in spaces.sorted(by: { $0.postings_bytes + $0.positions_bytes > $1.postings_bytes + $1.positions_bytes })
    {
      print(
        "  \(pad("\(space.field) \(space.kind)", 28)) \(space.terms) terms, \(space.postings) postings, "
          + "\(Format.megabytes(space.postings_bytes)) postings, \(Format.megabytes(space.positions_bytes)) positions")
    }
  }

  private func pad(_ text: String, _ width: Int = 10) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
