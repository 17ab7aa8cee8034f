// `loquat verify`: reads and checks the whole index.

import ArgumentParser
import Loquat

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Read every byte of the index and check every checksum and invariant.")

  @OptionGroup var location: IndexLocation

  func run() throws {
    let report = try location.open().verify()
    print(
      "sound: \(report.segments) segments, \(report.documents) documents, \(report.terms) terms, "
        + "\(report.postings) postings, \(report.positions) positions")
  }
}
