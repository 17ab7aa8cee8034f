// `loquat optimize`: merges segments.

import ArgumentParser
import Loquat

struct OptimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize", abstract: "Merge segments, so that searches are faster and deleted documents are gone.")

  @OptionGroup var location: IndexLocation

  @Option(help: "How many segments to leave at most.")
  var maxSegments = 1

  func validate() throws {
    guard maxSegments > 0 else { throw ValidationError("--max-segments takes 1 or more") }
  }

  func run() throws {
    let index = try location.open()
    let before = index.current.reader.segmentCount
    try index.optimize(maximumSegments: maxSegments)
    print("\(before) segments before, \(index.current.reader.segmentCount) now")
  }
}
