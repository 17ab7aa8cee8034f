// The double that other tests believe: it must lose what may be lost and nothing else.

import Foundation
import Storage
import TestSupport
import Testing

private typealias Files = [String: [UInt8]]

private func files(_ directory: any Storage.Directory) throws -> Files {
  var files: Files = [:]
  for name in try directory.list() { files[name] = try directory.read(name) }
  return files
}

@Suite struct FaultInjectingDirectoryTests {
  private let seed: UInt64 = 42

  @Test func bytesAndNamesAreDurableOnlyAfterTheirOwnSyncs() throws {
    let directory = try FaultInjectingDirectory()
    try directory.write("synced", [1, 1])
    try directory.write("unsynced", [2, 2], sync: false)
    #expect(try files(directory.reopenAfterCrash(.dropUnsynced, seed: seed)) == [:])
    #expect(
      try files(directory.reopenAfterCrash(.dropUnsyncedBytes, seed: seed)) == ["synced": [1, 1], "unsynced": []])
    #expect(try files(directory.reopenAfterCrash(.keepAll, seed: seed)) == ["synced": [1, 1], "unsynced": [2, 2]])
    #expect(
      try files(directory.reopenAfterCrash(.growWithZeros, seed: seed)) == ["synced": [1, 1], "unsynced": [0, 0]])
    #expect(try files(directory.reopenAfterCrash(.undoNameChange(0), seed: seed)) == ["unsynced": [2, 2]])
    #expect(try files(directory.reopenAfterCrash(.undoNameChange(1), seed: seed)) == ["synced": [1, 1]])
    try directory.sync()
    #expect(try files(directory.reopenAfterCrash(.dropUnsynced, seed: seed)) == ["synced": [1, 1], "unsynced": []])
    for variant in directory.crashVariants() {
      #expect(try files(directory.reopenAfterCrash(variant, seed: seed))["synced"] == [1, 1])
    }
  }

  @Test func renamingsAndRemovalsAreUndoneUntilTheDirectoryIsSynced() throws {
    let directory = try FaultInjectingDirectory(
      wrapping: MemoryDirectory(files: ["old": [1], "gone": [2], "new": [3]]))
    try directory.rename("new", to: "old")
    try directory.remove("gone")
    let before: Files = ["old": [1], "gone": [2], "new": [3]]
    #expect(try files(directory.reopenAfterCrash(.dropUnsynced, seed: seed)) == before)
    #expect(try files(directory.reopenAfterCrash(.keepAll, seed: seed)) == ["old": [3]])
    #expect(try files(directory.reopenAfterCrash(.undoNameChange(0), seed: seed)) == ["old": [1], "new": [3]])
    #expect(try files(directory.reopenAfterCrash(.undoNameChange(1), seed: seed)) == ["old": [3], "gone": [2]])
    #expect(try files(directory.reopenAfterCrash(.keepRemovalsLoseRenames, seed: seed)) == ["old": [1], "new": [3]])
    try directory.sync()
    for variant in directory.crashVariants() {
      #expect(try files(directory.reopenAfterCrash(variant, seed: seed)) == ["old": [3]])
    }
    #expect(try files(directory.reopenAfterCrash(.dropUnsynced, seed: seed, before: 0)) == before)
  }

  @Test func bytesOfAFailedSyncAreLostWhateverIsSyncedLater() throws {
    let directory = try FaultInjectingDirectory()
    let file = try directory.create("a")
    try file.write([1, 1])
    try file.sync()
    try file.write([2, 2])
    directory.fail(at: directory.operationCount, errno: EIO)
    #expect(errorCode { () throws(IndexError) in try file.sync() } == .io)
    try file.write([3, 3])
    try file.sync()
    try file.close()
    try directory.sync()
    for variant in [.dropUnsynced, .keepAll, .growWithZeros] as [CrashVariant] {
      #expect(try files(directory.reopenAfterCrash(variant, seed: seed)) == ["a": [1, 1, 0, 0, 3, 3]])
    }
    #expect(try directory.read("a") == [1, 1, 0, 0, 3, 3])
  }

  @Test func namesOfAFailedSyncAreLostWhateverIsSyncedLater() throws {
    let directory = try FaultInjectingDirectory()
    try directory.write("a", [1])
    directory.fail(at: directory.operationCount, errno: EIO)
    #expect(errorCode { () throws(IndexError) in try directory.sync() } == .io)
    try directory.write("b", [2])
    try directory.sync()
    #expect(try files(directory.reopenAfterCrash(.dropUnsynced, seed: seed)) == ["b": [2]])
    #expect(try files(directory.reopenAfterCrash(.keepAll, seed: seed)) == ["a": [1], "b": [2]])
  }

  @Test func tornAndScatteredSectorsKeepWhatWasSynced() throws {
    let directory = try FaultInjectingDirectory()
    let durable = randomBytes(3000, seed: 1)
    let volatile = randomBytes(20_000, seed: 2)
    let file = try directory.create("a")
    try file.write(durable)
    try file.sync()
    try directory.sync()
    try file.write(volatile)
    try file.close()
    var images: Set<[UInt8]> = []
    for seed in 0..<40 as Range<UInt64> {
      let torn = try #require(try files(directory.reopenAfterCrash(.tearLastSector, seed: seed))["a"])
      #expect(Array(torn[..<22_500]) == Array((durable + volatile)[..<22_500]))
      #expect(torn.count == 23_000 && torn != durable + volatile)
      let garbage = try #require(try files(directory.reopenAfterCrash(.growWithGarbage, seed: seed))["a"])
      #expect(garbage.count == 23_000 && garbage != durable + volatile && Array(garbage[..<3000]) == durable)
      for sectorSize in [512, 4096] {
        let variant = CrashVariant.keepRandomSectors(sectorSize: sectorSize)
        let scattered = try #require(try files(directory.reopenAfterCrash(variant, seed: seed))["a"])
        #expect(scattered.count >= 3000 && Array(scattered[..<3000]) == durable)
        let invented = zip(scattered, durable + volatile).count { $0 != 0 && $0 != $1 }
        #expect(invented == 0)
        images.insert(scattered)
        #expect(try files(directory.reopenAfterCrash(variant, seed: seed))["a"] == scattered, "not the same for a seed")
      }
    }
    #expect(images.count > 40)
  }

  @Test func nothingHappensAfterACrash() throws {
    let directory = try FaultInjectingDirectory()
    try directory.write("a", [1])
    try directory.sync()
    directory.crash(at: directory.operationCount + 2)
    let file = try directory.create("b")
    try file.write([1])
    #expect(!directory.hasCrashed)
    #expect(errorCode { () throws(IndexError) in try file.sync() } == .io)
    #expect(directory.hasCrashed)
    directory.liftFaults()
    #expect(errorCode { () throws(IndexError) in try file.close() } == .io)
    #expect(errorCode { () throws(IndexError) in _ = try directory.open("a") } == .io)
    #expect(errorCode { () throws(IndexError) in _ = try directory.list() } == .io)
    #expect(errorCode { () throws(IndexError) in _ = try directory.lock("l", timeoutInMilliseconds: 0) } == .io)
    #expect(try files(directory.reopenAfterCrash(.dropUnsynced, seed: seed)) == ["a": [1]])
  }

  @Test func faultsStrikeOnceOrForEver() throws {
    for sticky in [false, true] {
      let directory = try FaultInjectingDirectory()
      directory.fail(at: 1, errno: EMFILE, sticky: sticky)
      _ = try directory.list()
      do throws(IndexError) {
        _ = try directory.list()
        Issue.record("no failure")
      } catch {
        #expect(error.code == .io && error.errno == EMFILE)
      }
      #expect((errorCode { () throws(IndexError) in _ = try directory.list() } == nil) != sticky)
      directory.liftFaults()
      _ = try directory.list()
    }
  }

  @Test func shortWritesLeaveAPart() throws {
    let directory = try FaultInjectingDirectory()
    directory.shortWrite(at: 1, length: 2, errno: EIO)
    let file = try directory.create("a")
    #expect(errorCode { () throws(IndexError) in try file.write([1, 2, 3]) } == .io)
    #expect(try directory.read("a") == [1, 2])
  }

  @Test func aBudgetFillsUpAndComesBack() throws {
    let directory = try FaultInjectingDirectory()
    try directory.write("a", [UInt8](repeating: 1, count: 600))
    directory.setBudget(bytes: 1000)
    let file = try directory.create("b")
    #expect(
      errorCode { () throws(IndexError) in try file.write([UInt8](repeating: 2, count: 500)) } == .outOfSpace)
    try file.close()
    #expect(try directory.size("b") == 400)
    try directory.remove("b")
    try directory.write("b", [UInt8](repeating: 2, count: 400))
    #expect(errorCode { () throws(IndexError) in try directory.write("c", [1]) } == .outOfSpace)
    directory.setBudget(bytes: nil)
    try directory.write("d", [1])
  }

  @Test func whatIsStillOpenIsNamed() throws {
    let directory = try FaultInjectingDirectory()
    try directory.write("a", [1])
    #expect(directory.leaks == [])
    var opened: FileBytes? = try directory.open("a")
    #expect(opened?.count == 1)
    #expect(directory.leaks.count == 1)
    opened = nil
    let lock = try directory.lock("lock", timeoutInMilliseconds: 0)
    #expect(directory.leaks == ["lock is locked"])
    lock.release()
    _ = try directory.create("b")
    #expect(directory.leaks == ["b is being written"])
    #expect(directory.violations == [])
  }

  @Test func breachesOfTheContractAreNoted() throws {
    let directory = try FaultInjectingDirectory()
    let file = try directory.create("a")
    try file.close()
    #expect(errorCode { () throws(IndexError) in try file.write([1]) } == .invalidArgument)
    #expect(directory.violations.count == 1)
    directory.refusesRemovingOpenFiles = true
    let opened = try directory.open("a")
    #expect(errorCode { () throws(IndexError) in try directory.remove("a") } == .invalidArgument)
    #expect(directory.violations.count == 2)
    #expect(opened.count == 0)
  }

  // MARK: A commit, done right and done wrong

  /// What a writer may forget.
  enum Omission: CaseIterable {
    case nothing, syncData, syncDirectoryBefore, syncPending, rename, syncDirectoryAfter, removeAfterCommit
  }

  private static let oldData = randomBytes(5000, seed: 100)
  private static let newData = randomBytes(7000, seed: 101)

  private func write(
    _ name: String, _ payload: [UInt8], sync: Bool, to directory: any Storage.Directory
  ) throws(IndexError) {
    let file = try directory.create(name)
    try file.write(payload)
    if sync { try file.sync() }
    try file.close()
  }

  /// Replaces the state "1" by the state "2": a data file and a file that names it. Calls `acknowledge` when it is done.
  private func commit(
    _ directory: any Storage.Directory, without omission: Omission, acknowledge: () -> Void
  ) throws(IndexError) {
    if omission == .removeAfterCommit { try directory.remove("data_1") }
    try write("data_2", Self.newData, sync: omission != .syncData, to: directory)
    if omission != .syncDirectoryBefore { try directory.sync() }
    let name = omission == .rename ? "current" : "pending"
    if omission == .rename { try directory.remove("current") }
    try write(name, Array("data_2".utf8), sync: omission != .syncPending, to: directory)
    if omission != .rename { try directory.rename("pending", to: "current") }
    if omission != .syncDirectoryAfter { try directory.sync() }
    acknowledge()
    if omission != .removeAfterCommit { try directory.remove("data_1") }
    try directory.sync()
  }

  private func start() throws -> FaultInjectingDirectory {
    try FaultInjectingDirectory(
      wrapping: MemoryDirectory(files: ["current": Array("data_1".utf8), "data_1": Self.oldData]))
  }

  /// The state that a directory is in; nil when it is in none.
  private func state(_ directory: any Storage.Directory) -> Int? {
    guard let name = try? directory.read("current"),
      let data = try? directory.read(String(decoding: name, as: UTF8.self))
    else { return nil }
    return data == Self.oldData ? 1 : data == Self.newData ? 2 : nil
  }

  /// The crashes after which a commit is neither done nor undone, or undone though acknowledged.
  private func failures(without omission: Omission) throws -> Int {
    let directory = try start()
    var acknowledged = Int.max
    try commit(directory, without: omission) { acknowledged = directory.operationCount }
    var failures = 0
    directory.forEachCrashPoint { index, model in
      for variant in CrashVariant.all(unsyncedNameChanges: model.unsyncedNameChanges) {
        for seed in 0..<4 as Range<UInt64> {
          let found = state(model.afterCrash(variant, seed: seed))
          if found == nil || (found == 1 && index >= acknowledged) { failures += 1 }
        }
      }
    }
    return failures
  }

  @Test(arguments: Omission.allCases)
  func everyOmissionOfACommitIsCaughtAndOnlyThose(_ omission: Omission) throws {
    #expect(try (failures(without: omission) == 0) == (omission == .nothing))
  }

  @Test func everyFaultOfACommitLeavesTheOldStateOrTheNew() throws {
    let clean = try start()
    try commit(clean, without: .nothing) {}
    for index in 0..<clean.operationCount {
      for sticky in [false, true] {
        let directory = try start()
        directory.fail(at: index, errno: EIO, sticky: sticky)
        var isAcknowledged = false
        let code = errorCode { () throws(IndexError) in
          try commit(directory, without: .nothing) { isAcknowledged = true }
        }
        #expect(code == .io, "operation \(index)")
        for variant in directory.crashVariants() {
          let found = state(directory.reopenAfterCrash(variant, seed: 7))
          #expect(found == 2 || (found == 1 && !isAcknowledged), "operation \(index), \(variant)")
        }
      }
    }
  }
}
