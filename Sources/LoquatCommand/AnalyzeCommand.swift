// `loquat analyze`: shows what text becomes, in documents and in queries.

import ArgumentParser
import Loquat

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Show the tokens of a text, or what a query becomes.",
    discussion: """
      Without --query, a line for each token: positions, kind, term, UTF-8 bytes in the text, and what stands there. \
      With --query, the segments of the text and what a document needs to match each.
      """)

  @Argument(help: "The text; several arguments are joined by blanks.")
  var text: [String]

  @Option(help: "The analyzer: mixed, english, chinese or whitespace.")
  var analyzer: AnalyzerName?

  @OptionGroup var words: WordFileOptions

  @Option(help: "Analyze as this index does.")
  var index: String?

  @Flag(help: "Show what the text becomes as a query.")
  var query = false

  @Flag(help: "With --query: as in quotation marks.")
  var quoted = false

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
    let analyzer = try Analyzer(try configuration())
    if query {
      let output = AnalyzedQueryOutput(analyzer.analyzeQuery(text, quoted: quoted), text)
      return json ? try JSONOutput.print(output) : print(output.lines.joined(separator: "\n"))
    }
    let tokens = tokens(of: text, analyzer)
    if json { return try JSONOutput.print(tokens) }
    for token in tokens {
      let span = token.length == 1 ? "\(token.position)" : "\(token.position)-\(token.position + token.length - 1)"
      print("\(span)\t\(token.kind)\t\(token.term)\t\(token.start)..<\(token.end)\t\(token.text)")
    }
  }

  private func configuration() throws -> AnalyzerConfiguration {
    var configuration = AnalyzerConfiguration()
    if let index { configuration = try LoquatIndex.open(path: index).settings.analyzer }
    if let analyzer { configuration.name = analyzer }
    return try words.applied(to: configuration)
  }

  private func tokens(of text: String, _ analyzer: Analyzer) -> [TokenOutput] {
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
