// What fuzzing the readers once found, and what it starts from, held for good.

import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct FuzzReplayTests {
  /// The files in `Fuzzing/<folder>/FuzzReader`.
  private func files(_ folder: String) throws -> [URL] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let place = tests.appending(path: "Fuzzing/\(folder)/FuzzReader")
    return try FileManager.default.contentsOfDirectory(atPath: place.path)
      .filter { $0 != "README.md" }.sorted().map { place.appending(path: $0) }
  }

  @Test func everySeedAndEveryPastFailureIsReadOrRefused() throws {
    let seeds = try files("Seeds")
    #expect(seeds.count > 50)
    let hostile = try HostileInput()
    var clean = 0
    for file in seeds + (try files("FailCases")) {
      let start = ContinuousClock.now
      let isClean = try hostile.read(Array(try Data(contentsOf: file)))
      clean += isClean ? 1 : 0
      // Those that change nothing are sound, so what makes the others is what the changes do.
      if file.lastPathComponent.hasPrefix("unchanged") { #expect(isClean, "\(file.lastPathComponent)") }
      #expect(start.duration(to: .now) < .seconds(10), "\(file.lastPathComponent)")
    }
    #expect(clean < seeds.count / 2)
  }
}
