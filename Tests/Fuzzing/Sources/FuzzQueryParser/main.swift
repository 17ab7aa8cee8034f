// Fuzzes the query language: no text crashes the parser, faults lie inside the text, and what is printed is read as
// the tree that it was printed from, under either default operator.

import CFuzzer
import QueryLanguage

/// Checks one text; traps when a law is broken.
@Sendable nonisolated func check(_ query: String) -> Int {
  let fields: Set<String> = ["title", "f", "a:b", "香港"]
  var size = 0
  for defaultOperator in DefaultOperator.allCases {
    let parser = QueryParser(fields: fields, defaultOperator: defaultOperator)
    do {
      guard let tree = try parser.parse(query) else { continue }
      guard let text = QueryPrinter.print(tree) else { fatalError("what was read has no text: \(tree)") }
      size += text.utf8.count
      // Escapes can make the text longer than a query may be.
      guard text.utf8.count <= QueryLimits.maximumBytes else { continue }
      for other in DefaultOperator.allCases {
        let again = try? QueryParser(fields: fields, defaultOperator: other).parse(text)
        guard again == tree else { fatalError("\(tree) is read as \(String(describing: again))") }
      }
    } catch {
      precondition(error.range.lowerBound >= 0 && error.range.upperBound <= query.utf8.count)
      size += error.describe(in: query, caret: true).utf8.count
    }
  }
  return size
}

/// What the texts came to, so that no optimiser can leave the work out.
nonisolated(unsafe) var total = 0

nonisolated func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  total &+= check(String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self))
  return 0
}

var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
let status = LLVMFuzzerRunDriver(&argumentCount, &arguments, test)
print("texts came to \(total) bytes")
if status != 0 { fatalError("libFuzzer ended with status \(status)") }
