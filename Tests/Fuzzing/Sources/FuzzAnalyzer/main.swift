// Fuzzes the text analysis: no bytes crash it, tokens come in order and lie on characters of the text, folding twice
// changes nothing, and a text is found by itself, quoted. The first byte chooses the analyzer.

import Analysis
import CFuzzer

nonisolated func makeAnalyzers() -> [Analyzer] {
  let words = ["大灣區", "ภาษา", "한국"]
  let configurations = [
    AnalyzerConfiguration(), AnalyzerConfiguration(name: .english), AnalyzerConfiguration(name: .chinese),
    AnalyzerConfiguration(name: .whitespace),
    AnalyzerConfiguration(userWords: words, synonyms: [["的士", "taxi cab", "C++"]], stopWords: ["a", "的"]),
  ]
  return configurations.compactMap { try? Analyzer($0) }
}

/// Where each kind of term stands.
struct Place: Hashable {
  let kind: TermKind
  let position: Int32
  let term: [UInt8]
}

nonisolated func check(_ text: UnsafeBufferPointer<UInt8>, _ analyzer: Analyzer, _ buffer: TokenBuffer) -> Int {
  let string = String(decoding: text, as: UTF8.self)
  let isWellFormed = string.utf8.elementsEqual(text)
  var last: Int32 = 0
  var places: Set<Place> = []
  _ = analyzer.analyze(text, into: buffer) { buffer in
    for index in 0..<buffer.count {
      let token = buffer[index]
      let term = buffer.termBytes(token)
      let (start, end) = (Int(token.startOffset), Int(token.endOffset))
      precondition(token.position >= last, "positions go back")
      last = token.position
      precondition(token.positionLength > 0 && !term.isEmpty && term.count <= Analyzer.maximumTermLength)
      precondition(start < end && end <= text.count, "a token lies outside the text")
      if isWellFormed {
        precondition(text[start] & 0xC0 != 0x80 && (end == text.count || text[end] & 0xC0 != 0x80), "a cut character")
      }
      places.insert(Place(kind: token.kind, position: token.position, term: term))
    }
  }
  let folded = analyzer.fold(string)
  precondition(analyzer.fold(folded).unicodeScalars.elementsEqual(folded.unicodeScalars), "folding twice")
  if isWellFormed {
    for term in analyzer.analyzeQuery(string, quoted: true).phrase {
      let place = Place(kind: term.kind, position: term.position, term: term.bytes)
      precondition(places.contains(place), "the text doesn't find itself: \(term.text) at \(term.position)")
    }
  }
  return places.count + folded.utf8.count + analyzer.analyzeQuery(string).segments.count
}

nonisolated(unsafe) let analyzers = makeAnalyzers()
nonisolated(unsafe) let buffer = TokenBuffer()
/// What the texts came to, so that no optimiser can leave the work out.
nonisolated(unsafe) var total = 0

nonisolated func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: count)
  guard let first = bytes.first, !analyzers.isEmpty else { return 0 }
  // A copy of exactly this size, so that the address sanitizer sees every read beyond it.
  let text = Array(bytes.dropFirst())
  total &+= text.withUnsafeBufferPointer { check($0, analyzers[Int(first) % analyzers.count], buffer) }
  return 0
}

precondition(analyzers.count == 5, "no analyzer could be opened")
var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
let status = LLVMFuzzerRunDriver(&argumentCount, &arguments, test)
print("texts came to \(total) terms and bytes")
if status != 0 { fatalError("libFuzzer ended with status \(status)") }
