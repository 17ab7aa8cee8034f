// The tokens of a text as values.

import Analysis

@testable import Loquat

/// A token, out of its buffer.
struct TokenRecord {
  let unit: HighlightTargets.Unit
  let position: Int32
  let range: Range<Int>

  /// All tokens of a text.
  static func all(of text: [UInt8], _ analyzer: Analyzer) -> [TokenRecord] {
    var records: [TokenRecord] = []
    text.withUnsafeBufferPointer { bytes in
      _ = analyzer.analyze(bytes, into: TokenBuffer()) { buffer in
        for index in 0..<buffer.count {
          let token = buffer[index]
          records.append(
            TokenRecord(
              unit: HighlightTargets.Unit(kind: token.kind, term: buffer.termBytes(token)), position: token.position,
              range: Int(token.startOffset)..<Int(token.endOffset)))
        }
      }
    }
    return records
  }
}
