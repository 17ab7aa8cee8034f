// What a stop at any operation leaves: the last acknowledged commit or the next.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct CrashTests {
  /// Runs the workload and gives the ids after each commit, as far as it came.
  private func run(_ directory: any Directory, acknowledged: (Int, [String]) -> Void) throws {
    let writer = try IndexWriter(
      directory: directory, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
    defer { writer.close() }
    for segment in 0..<3 {
      try SmallIndex.commit(segment, with: writer)
      acknowledged(writer.reader().generation, try SmallIndex.ids(writer.reader()))
    }
    try writer.merge(maximumSegments: 1)
    acknowledged(writer.reader().generation, try SmallIndex.ids(writer.reader()))
  }

  @Test func afterAStopAtAnyOperationTheIndexIsAtTheLastCommitOrTheNext() throws {
    let directory = try FaultInjectingDirectory(wrapping: MemoryDirectory())
    var states: [Int: [String]] = [0: []]
    // For each generation, the number of operations after which it was acknowledged.
    var acknowledged: [(operation: Int, generation: Int)] = [(0, 0)]
    try run(directory) { generation, ids in
      states[generation] = ids
      acknowledged.append((directory.operationCount, generation))
    }
    var cases = 0
    try directory.forEachCrashPoint { k, model in
      guard k % (testFlag("LOQUAT_TORTURE") ? 1 : 2) == 0 else { return }
      let last = acknowledged.last { $0.operation <= k }?.generation ?? 0
      let next = acknowledged.first { $0.operation > k }?.generation ?? last
      for variant in CrashVariant.all(unsyncedNameChanges: model.unsyncedNameChanges) {
        cases += 1
        let after = model.afterCrash(variant, seed: UInt64(k))
        let comment: Comment = "operation \(k), \(variant)"
        do {
          let reader = try IndexReader.open(after)
          #expect(reader.generation == last || reader.generation == next, comment)
          #expect(try SmallIndex.ids(reader) == states[reader.generation], comment)
          _ = try IndexChecker(reader).check()
        } catch let error as IndexError where error.code == .notAnIndex {
          #expect(last == 0, comment)
        }
        // The next writer goes on from there.
        let writer = try IndexWriter(
          directory: after, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
        try SmallIndex.commit(2, with: writer)
        writer.close()
        _ = try IndexChecker(try IndexReader.open(after)).check()
      }
    }
    #expect(cases > 100)
    #expect(directory.violations.isEmpty)
  }

  @Test func aFailureAtAnyOperationIsATypedErrorAndLeavesTheLastCommit() throws {
    let counting = try FaultInjectingDirectory(wrapping: MemoryDirectory())
    var states: [Int: [String]] = [0: []]
    try run(counting) { states[$0] = $1 }
    let step = testFlag("LOQUAT_TORTURE") ? 1 : 2
    for k in stride(from: 0, to: counting.operationCount, by: step) {
      for errno in [Int32(5), 28] {
        let memory = MemoryDirectory()
        let directory = try FaultInjectingDirectory(wrapping: memory)
        directory.fail(at: k, errno: errno, sticky: k % 2 == 0)
        var last = 0
        do {
          try run(directory) { generation, _ in last = generation }
        } catch {
          #expect(error is IndexError, "operation \(k)")
        }
        directory.liftFaults()
        do {
          let reader = try IndexReader.open(memory)
          #expect(reader.generation >= last, "operation \(k)")
          #expect(try SmallIndex.ids(reader) == states[reader.generation], "operation \(k)")
          _ = try IndexChecker(reader).check()
        } catch let error as IndexError where error.code == .notAnIndex {
          #expect(last == 0, "operation \(k)")
        }
      }
    }
  }
}
