// `loquat analyze`: shows what text becomes.

import ArgumentParser
import Loquat

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "analyze", abstract: "Show the tokens of a text.")

  @Argument(help: "The text; several arguments are joined by blanks.")
  var text: [String]

  @Option(help: "The analyzer: mixed, english, chinese or whitespace.")
  var analyzer = AnalyzerName.mixed

  @Flag(help: "Print as JSON.")
  var json = false

  private struct TokenOutput: Encodable {
    let term: String
    let kind: String
    let position, length, start, end: Int
    let text: String
  }

  func run() throws {
    let text = self.text.joined(separator: " ")
    let tokens = try tokens(of: text)
    if json { return try JSONOutput.print(tokens) }
    for token in tokens {
      let span = token.length == 1 ? "\(token.position)" : "\(token.position)-\(token.position + token.length - 1)"
      print("\(span)\t\(token.kind)\t\(token.term)\t\(token.start)..<\(token.end)\t\(token.text)")
    }
  }

  private func tokens(of text: String) throws -> [TokenOutput] {
    let analyzer = try Analyzer(AnalyzerConfiguration(name: analyzer))
    let buffer = TokenBuffer()
    let bytes = Array(text.utf8)
    var found: [TokenOutput] = []
    bytes.withUnsafeBufferPointer { utf8 in
      _ = analyzer.analyze(utf8, into: buffer) { buffer in
        for place in 0..<buffer.count {
          let token = buffer[place]
          let range = Int(token.startOffset)..<Int(token.endOffset)
          found.append(
            TokenOutput(
              term: buffer.term(token), kind: "\(token.kind)", position: Int(token.position),
              length: Int(token.positionLength), start: range.lowerBound, end: range.upperBound,
              text: String(decoding: bytes[range], as: UTF8.self)))
        }
      }
    }
    return found
  }
}
