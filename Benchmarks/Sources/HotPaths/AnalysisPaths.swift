// Text to tokens, by language, and JSON to text.

import CorpusModel
import Loquat

/// Analysis of documents.
enum AnalysisPaths {
  static func all(_ data: HotPathData) throws -> [HotPath] {
    let analyzer = try Analyzer()
    let buffer = TokenBuffer()
    let parser = try JSONLineParser()
    let lines = try data.lines(100)
    return try DocumentKind.allCases.map { kind in
      let texts = try data.texts(100, kind: kind)
      return HotPath("tokenizing \(name(kind))") {
        texts.reduce(0) { sum, text in
          sum
            + text.withUnsafeBufferPointer { bytes in
              var tokens = 0
              _ = analyzer.analyze(bytes, into: buffer) { tokens += $0.count }
              return tokens
            }
        }
      }
    } + [HotPath("parsing lines of JSON") { try lines.reduce(0) { $0 + (try parser.parse($1)).text.count } }]
  }

  private static func name(_ kind: DocumentKind) -> String {
    switch kind {
    case .english: "English"
    case .traditional: "Traditional Chinese"
    case .simplified: "Simplified Chinese"
    case .mixed: "mixed text"
    }
  }
}
