// What a stop or a failure at any operation leaves: the last acknowledged commit or the next.

import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// Everything that writes to an index, one phase after the other.
private struct Workload {
  enum Phase: CaseIterable { case open, add, commit, merge, delete, update, optimise, reorder }

  /// The lines of each generation that the workload makes; the empty index before them.
  private(set) var contents: [Int: [String]] = [0: []]
  /// Where phases begin, and where commits were acknowledged, in operations of the directory.
  private(set) var phases: [(operation: Int, phase: Phase)] = []
  private(set) var acknowledged: [(operation: Int, generation: Int)] = [(0, 0)]
  /// Whether a writer that failed refused to go on; nil while none failed.
  private(set) var wasPoisoned: Bool?

  var lastAcknowledged: Int { acknowledged[acknowledged.count - 1].generation }

  static var configuration: IndexWriterConfiguration {
    var configuration = SmallIndex.configuration
    configuration.mergePolicy.segmentsPerTier = 3
    return configuration
  }

  /// Runs all phases, or those before the first failure.
  mutating func run(_ directory: FaultInjectingDirectory) throws {
    phases.append((directory.operationCount, .open))
    let writer = try IndexWriter(
      directory: directory, schema: SmallIndex.schema, configuration: Self.configuration)
    defer { writer.close() }
    do {
      try run(directory, writer)
    } catch {
      // Also where the fault is gone by now.
      do throws(IndexError) {
        try writer.commit()
        wasPoisoned = false
      } catch {
        wasPoisoned = error.code == .writerPoisoned
      }
      throw error
    }
  }

  private mutating func run(_ directory: FaultInjectingDirectory, _ writer: IndexWriter) throws {
    func begin(_ phase: Phase) { phases.append((directory.operationCount, phase)) }
    func acknowledge() throws {
      let reader = writer.reader()
      // Merging makes commits of the same documents.
      let lines = try IndexContents.lines(reader)
      for generation in lastAcknowledged + 1..<reader.generation + 1 { contents[generation] = lines }
      acknowledged.append((directory.operationCount, reader.generation))
    }
    for segment in 0..<2 {
      begin(.add)
      try SmallIndex.add(segment, count: 40 - 25 * segment, to: writer)
      begin(.commit)
      try writer.commit()
      try acknowledge()
    }
    begin(.merge)
    try SmallIndex.add(2, count: 8, to: writer)
    try writer.commit()
    try acknowledge()
    begin(.delete)
    SmallIndex.delete(0..<6, of: 0, with: writer)
    try writer.commit()
    try acknowledge()
    begin(.update)
    try SmallIndex.add(0, count: 12, to: writer)
    try writer.commit()
    try acknowledge()
    begin(.optimise)
    try writer.merge(maximumSegments: 1)
    try acknowledge()
    begin(.reorder)
    try SmallIndex.add(1, count: 10, to: writer)
    try writer.commit()
    try acknowledge()
    var options = ReorderingOptions()
    options.threads = 1
    try writer.reorder(maximumSegments: 2, options: options)
    try acknowledge()
  }

  /// The phase of an operation.
  func phase(of operation: Int) -> Phase { phases.last { $0.operation <= operation }?.phase ?? .open }
}

@Suite struct CrashTests {
  private static let isLong = testFlag("LOQUAT_TORTURE")

  /// What an index holds, if it is one and sound; the generation is 0 where there is none yet.
  private func state(_ directory: any Directory) throws -> (generation: Int, lines: [String]) {
    do {
      let reader = try IndexReader.open(directory)
      _ = try IndexChecker(reader).check()
      return (reader.generation, try IndexContents.lines(reader))
    } catch let error as IndexError where error.code == .notAnIndex {
      return (0, [])
    }
  }

  @Test func afterAStopAtAnyOperationTheIndexIsAtTheLastCommitOrTheNext() throws {
    let directory = try FaultInjectingDirectory(wrapping: MemoryDirectory())
    var workload = Workload()
    try workload.run(directory)
    var stops: [Workload.Phase: Int] = [:]
    var states = 0
    try directory.forEachCrashPoint { k, model in
      // The acknowledgement at operation k came before this stop.
      let last = workload.acknowledged.last { $0.operation <= k }?.generation ?? 0
      let next = workload.acknowledged.first { $0.operation > k }?.generation ?? last
      let variants = CrashVariant.all(unsyncedNameChanges: model.unsyncedNameChanges)
      #expect(variants.count >= 8)
      for (number, variant) in variants.enumerated() {
        let after = model.afterCrash(variant, seed: UInt64(k))
        let comment: Comment = "\(workload.phase(of: k)), operation \(k), \(variant)"
        let (generation, lines) = try state(after)
        #expect((last...next).contains(generation), comment)
        #expect(lines == workload.contents[generation], comment)
        states += 1
        // The next writer goes on from there.
        guard Self.isLong || number == k % variants.count else { continue }
        let writer = try IndexWriter(
          directory: after, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
        try SmallIndex.commit(2, count: 4, with: writer)
        writer.close()
        #expect(try state(after).generation == generation + 1, comment)
      }
      stops[workload.phase(of: k), default: 0] += 1
    }
    print(
      "crashes: \(states) states after \(directory.operationCount + 1) stops: "
        + Workload.Phase.allCases.map { "\($0) \(stops[$0] ?? 0)" }.joined(separator: ", "))
    for phase in Workload.Phase.allCases { #expect(stops[phase] ?? 0 > 0, "\(phase)") }
    #expect(stops.values.reduce(0, +) == directory.operationCount + 1)
    #expect(directory.violations.isEmpty)
    #expect(directory.leaks.filter { $0.hasSuffix("is being written") || $0.hasSuffix("is locked") } == [])
  }

  private enum Fault: CaseIterable {
    case inputOutput, inputOutputForEver, noSpace, noSpaceForEver, shortWrite, shortWriteWithoutSpace

    func plan(at k: Int, of length: Int, in directory: FaultInjectingDirectory) {
      switch self {
      case .inputOutput, .inputOutputForEver: directory.fail(at: k, errno: 5, sticky: self == .inputOutputForEver)
      case .noSpace, .noSpaceForEver: directory.fail(at: k, errno: 28, sticky: self == .noSpaceForEver)
      case .shortWrite: directory.shortWrite(at: k, length: k % max(1, length), errno: 5)
      case .shortWriteWithoutSpace: directory.shortWrite(at: k, length: length - 1, errno: 28)
      }
    }
  }

  @Test func aFailureAtAnyOperationIsATypedErrorAndLeavesTheLastCommit() throws {
    let counting = try FaultInjectingDirectory(wrapping: MemoryDirectory())
    var whole = Workload()
    try whole.run(counting)
    let operations = counting.operations
    var faults = 0
    var failures = 0
    for k in 0...operations.count {
      let writes = k < operations.count && operations[k].kind == .write
      // Each operation fails in two ways, in all of them in the long run.
      for (number, fault) in Fault.allCases.enumerated()
      where Self.isLong || number == k % 4 || (writes && number == 4 + k % 2) {
        if !writes, number > 3 { continue }
        let comment: Comment = "operation \(k), \(fault)"
        let memory = MemoryDirectory()
        let directory = try FaultInjectingDirectory(wrapping: memory)
        fault.plan(at: k, of: writes ? operations[k].bytes.count : 1, in: directory)
        var workload = Workload()
        var failure: (any Error)?
        do { try workload.run(directory) } catch { failure = error }
        let wasReached = directory.operationCount > k
        faults += wasReached ? 1 : 0
        #expect(wasReached == (k < operations.count), comment)
        if let failure {
          failures += 1
          let error = try #require(failure as? IndexError, comment)
          #expect([.io, .outOfSpace].contains(error.code), "\(comment): \(error)")
          #expect(wasReached, comment)
          if workload.phases.count > 1 { #expect(workload.wasPoisoned == true, comment) }
        } else {
          // What fails in the removing of old files is left for the next time.
          #expect(workload.lastAcknowledged == whole.lastAcknowledged, comment)
        }
        // Nothing that failed to sync, nor anything behind it, is synced or committed afterwards.
        let log = directory.operations
        if let failed = log.first(where: { $0.injectedError != nil && [.sync, .syncDirectory].contains($0.kind) }) {
          let later = log[(failed.index + 1)...].filter { [.sync, .syncDirectory, .rename].contains($0.kind) }
          #expect(later.isEmpty, "\(comment): \(later.map(\.description))")
        }
        // The last commit is there, also after a power cut on top.
        for left in [memory, directory.reopenAfterCrash(.dropUnsynced, seed: 0)] {
          let (generation, lines) = try state(left)
          #expect(generation >= workload.lastAcknowledged, comment)
          #expect(lines == whole.contents[generation], comment)
        }
        guard wasReached, Self.isLong || k % 3 == 0 else { continue }
        // Queries, deletions and the whole workload go on as soon as the fault is gone.
        directory.liftFaults()
        if workload.lastAcknowledged > 0 { _ = try SmallIndex.answers(directory) }
        var again = Workload()
        try again.run(directory)
        #expect(try state(directory).lines == whole.contents[whole.lastAcknowledged], comment)
        #expect(directory.violations.isEmpty, comment)
      }
    }
    print("faults: \(faults) over \(operations.count) operations, of which \(failures) made the workload fail")
  }
}
