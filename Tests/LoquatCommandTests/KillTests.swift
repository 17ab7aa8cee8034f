// The program killed at random moments: the index is at the last acknowledged commit or the next.

import Foundation
import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite(.serialized) struct KillTests {
  private static let rounds = testFlag("LOQUAT_TORTURE") ? 200 : 12

  /// What the program is killed in.
  private enum Phase: CaseIterable { case add, update, remove, merge, reorder }

  /// The documents that the folder has: name and version of each.
  private typealias Documents = [String: Int]

  private static func text(_ name: String, _ version: Int) -> String {
    // Long enough for indexing to take some time, different in each version.
    let words = (0..<400).map { "word\(($0 * 7 + name.utf8.reduce(0) { $0 + Int($1) } * 13 + version * 31) % 3_000)" }
    return "version\(version)of\(name) 香港科學園 " + words.joined(separator: " ")
  }

  private static func write(_ documents: Documents, over old: Documents, _ runner: CommandRunner) throws {
    for (name, version) in documents where old[name] != version {
      try runner.write(text(name, version), to: "documents/\(name).txt")
    }
    for name in old.keys where documents[name] == nil {
      try FileManager.default.removeItem(at: runner.folder.appending(path: "documents/\(name).txt"))
    }
  }

  private static func indexFolder(_ runner: CommandRunner) -> String {
    runner.folder.appending(path: "documents/.loquat").path
  }

  /// Which of some states the index is in: documents, and versions as their stored text says.
  private static func indexed(_ runner: CommandRunner, _ possible: [Documents]) throws -> [Documents: Bool] {
    let reader = try IndexReader.open(FileSystemDirectory(path: indexFolder(runner), createIfMissing: false))
    _ = try IndexChecker(reader).check()
    var stored: [String: String] = [:]
    let documents = reader.makeDocumentReader()
    try reader.forEachAddress { address in
      let fields = try documents.storedFields(of: address)
      let text = fields.map { String(decoding: $0.value, as: UTF8.self) }.joined(separator: " ")
      stored[try documents.id(of: address)] = text
    }
    var matches: [Documents: Bool] = [:]
    for state in possible {
      matches[state] =
        stored.count == state.count
        && state.allSatisfy { name, version in
          stored.contains { $0.key.hasSuffix("\(name).txt") && $0.value.contains("version\(version)of\(name) ") }
        }
    }
    return matches
  }

  private static func arguments(_ phase: Phase) -> [String] {
    switch phase {
    case .add, .update, .remove: ["index", "documents", "--threads", "2", "--memory-budget", "1"]
    case .merge: ["optimize", "--max-segments", "1", "--index", "documents/.loquat"]
    case .reorder: ["optimize", "--reorder", "--max-segments", "1", "--index", "documents/.loquat"]
    }
  }

  private static func change(_ documents: Documents, _ phase: Phase, _ round: Int, _ generator: inout SeededGenerator)
    -> Documents
  {
    var changed = documents
    let names = documents.keys.sorted()
    switch phase {
    case .add: for number in 0..<60 { changed["r\(round)d\(number)"] = 0 }
    case .update:
      for name in names where Int.random(in: 0..<3, using: &generator) == 0 { changed[name, default: 0] += 1 }
    case .remove: for name in names.shuffled(using: &generator).prefix(names.count / 3) { changed[name] = nil }
    case .merge, .reorder: break
    }
    return changed
  }

  @Test func theIndexIsAtTheLastAcknowledgedCommitOrTheNext() throws {
    var generator = SeededGenerator(seed: testSeed("kills"))
    var kills: [Phase: Int] = [:]
    var survived = 0
    var advanced = 0
    var runner = try CommandRunner()
    var documents: Documents = [:]
    // How long the program takes for each phase, in microseconds, learnt from what was through before it was killed.
    var lengths: [Phase: Double] = [:]
    for round in 0..<2 * Self.rounds where kills.values.reduce(0, +) < Self.rounds {
      // A new index now and then, so that the first commit is killed as well and the folder stays small.
      if round % 40 == 0 {
        runner = try CommandRunner()
        documents = [:]
      }
      let phase = round % 40 == 0 ? Phase.add : Phase.allCases[round % Phase.allCases.count]
      let before = documents
      let after = Self.change(before, phase, round, &generator)
      try Self.write(after, over: before, runner)
      let comment: Comment = "round \(round), \(phase)"

      let process = try runner.start(Self.arguments(phase))
      let length = lengths[phase] ?? 60_000
      let delay = Double.random(in: 0..<length, using: &generator)
      usleep(UInt32(delay))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let wasKilled = process.terminationReason == .uncaughtSignal
      if wasKilled {
        kills[phase, default: 0] += 1
        if delay > 0.8 * length { lengths[phase] = 1.1 * length }
      } else {
        survived += 1
        lengths[phase] = 0.9 * length
        #expect(process.terminationStatus == 0, comment)
      }

      // Before the first commit there may be no index; an acknowledged one is never lost.
      let generation: Int
      do throws(IndexError) {
        generation = try IndexReader.open(FileSystemDirectory(path: Self.indexFolder(runner), createIfMissing: false))
          .generation
      } catch {
        #expect(before.isEmpty && [.notAnIndex, .notFound].contains(error.code), "\(comment): \(error)")
        generation = 0
      }
      if generation > 0 {
        let matches = try Self.indexed(runner, [before, after])
        #expect(matches[after] == true || (wasKilled && matches[before] == true), comment)
        if wasKilled, before != after, matches[after] == true { advanced += 1 }
        let verified = try runner.run("verify", "--index", "documents/.loquat")
        #expect(verified.status == 0, "\(comment): \(verified.errors)")
      }

      // The next commit goes on from there.
      let next = try runner.run(Self.arguments(.add))
      #expect(next.status == 0, "\(comment): \(next.errors)")
      let matches = try Self.indexed(runner, [after])
      #expect(matches[after] == true, comment)
      #expect(try runner.run("verify", "--index", "documents/.loquat").status == 0, comment)
      documents = after
    }
    let sum = kills.values.reduce(0, +)
    print(
      "kills: \(sum), \(survived) were through before, \(advanced) after their commit; by phase: "
        + Phase.allCases.map { "\($0) \(kills[$0] ?? 0)" }.joined(separator: ", "))
    #expect(sum == Self.rounds)
  }
}
