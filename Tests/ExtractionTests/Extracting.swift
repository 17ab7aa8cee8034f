// Shorthands for extracting text in tests.

@testable import Extraction

/// The documents of a file in memory, by the registry.
func documents(_ path: String, _ content: some Sequence<UInt8>) throws -> [ExtractedDocument] {
  var documents: [ExtractedDocument] = []
  _ = try ExtractorRegistry.standard.extract(SourceFile(path: path, bytes: Array(content))) { documents.append($0) }
  return documents
}

/// The only document of a file in memory.
func document(_ path: String, _ content: String) throws -> ExtractedDocument {
  let all = try documents(path, content.utf8)
  guard all.count == 1, let only = all.first else { throw ExtractionError(.io, "\(all.count) documents") }
  return only
}

extension ExtractedDocument {
  var string: String { String(decoding: text, as: UTF8.self) }
}
