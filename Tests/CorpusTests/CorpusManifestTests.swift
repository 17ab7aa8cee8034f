// The corpus is what its manifest says.

import Testing

@Suite struct CorpusManifestTests {
  private let manifest: CorpusManifest

  init() throws { manifest = try CorpusManifest() }

  @Test func everyFileIsInTheManifestOnceAndTheReverse() throws {
    let files = try CorpusManifest.files()
    let named = manifest.entries.map(\.path)
    #expect(files.count >= 150)
    #expect(Set(files).subtracting(named).isEmpty, "files that the manifest does not name")
    #expect(Set(named).subtracting(files).isEmpty, "files that the manifest names and that are not there")
    #expect(named.count == Set(named).count)
    #expect(named == named.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
  }

  @Test func everyFileIsInTheEncodingThatTheManifestStates() throws {
    var seen: Set<StatedEncoding> = []
    for entry in manifest.entries {
      let encoding = try #require(StatedEncoding(rawValue: entry.encoding), "\(entry.path): \(entry.encoding)")
      seen.insert(encoding)
      #expect(encoding.fits(try CorpusManifest.bytes(entry.path)), "\(entry.path) is not in \(entry.encoding)")
    }
    #expect(seen == Set(StatedEncoding.allCases))
  }

  @Test func theStatedFormatIsThatOfTheFileName() {
    let endings = ["markdown": "md", "text": "txt", "html": "html", "jsonl": "jsonl"]
    for entry in manifest.entries {
      #expect(entry.path.split(separator: ".").last.map(String.init) == endings[entry.format], "\(entry.path)")
    }
    #expect(Set(manifest.entries.map(\.format)) == Set(endings.keys))
  }

  @Test func everyLanguageHasItsShareOfTheDocuments() {
    let counts = Dictionary(grouping: manifest.entries, by: \.language).mapValues(\.count)
    #expect(Set(counts.keys) == ["en", "zh-Hant", "zh-Hans", "yue", "mixed"])
    for (language, count) in counts { #expect(count >= 10, "\(language)") }
  }

  @Test func everyQueryNamesDocumentsThatExist() {
    let paths = Set(manifest.entries.map(\.path))
    #expect(manifest.queries.count >= 50)
    #expect(Set(manifest.queries.map(\.id)).count == manifest.queries.count)
    for query in manifest.queries {
      #expect(!query.documents.isEmpty, "\(query.id)")
      for document in query.documents { #expect(paths.contains(document), "\(query.id): \(document)") }
    }
  }
}
