// Locks between processes and between descriptors.

import Foundation
import Storage
import TestSupport
import Testing

@Suite struct FileSystemLockTests {
  /// Another process that holds the lock until it is killed.
  private func holder(of path: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    process.arguments = ["--no-fork", path, "/bin/sh", "-c", "echo $$ > '\(path)'; echo held; exec sleep 600"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    #expect(String(decoding: pipe.fileHandleForReading.readData(ofLength: 4), as: UTF8.self) == "held")
    return process
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "flock(1) is not installed"))
  func aLockOfAnotherProcessHoldsUntilThatIsKilled() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    for _ in 0..<5 {
      let process = try holder(of: folder.path + "/lock")
      defer { process.terminate() }
      do throws(IndexError) {
        _ = try directory.lock("lock", timeoutInMilliseconds: 20)
        Issue.record("two holders")
      } catch {
        #expect(error.code == .locked)
        #expect(error.message.contains("\(process.processIdentifier)"))
      }
      kill(process.processIdentifier, SIGKILL)
      // Free at once, but for the time that the kernel takes to end the process.
      try directory.lock("lock", timeoutInMilliseconds: 5000).release()
      process.waitUntilExit()
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "flock(1) is not installed"))
  func anotherProcessSeesOurLock() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    func isFree() throws -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
      process.arguments = ["--nonblock", folder.path + "/lock", "/bin/true"]
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
    let lock = try directory.lock("lock", timeoutInMilliseconds: 0)
    #expect(try !isFree())
    lock.release()
    #expect(try isFree())
  }

  @Test func twoDirectoriesOfOneProcessExcludeEachOther() throws {
    let folder = try TemporaryFolder()
    let one = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    let two = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    let lock = try one.lock("lock", timeoutInMilliseconds: 0)
    #expect(errorCode { () throws(IndexError) in _ = try two.lock("lock", timeoutInMilliseconds: 0) } == .locked)
    lock.release()
    try two.lock("lock", timeoutInMilliseconds: 0).release()
  }

  @Test func closingAnotherDescriptorOfTheLockKeepsIt() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    let lock = try directory.lock("lock", timeoutInMilliseconds: 0)
    close(unsafe open(folder.path + "/lock", O_RDWR))
    _ = try directory.read("lock")
    #expect(errorCode { () throws(IndexError) in _ = try directory.lock("lock", timeoutInMilliseconds: 0) } == .locked)
    lock.release()
  }

  @Test func aLockThatNobodyHoldsIsTakenWhateverItsFileHolds() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    for bytes in [[], [0xFF, 0xFE], Array("not a number".utf8), [UInt8](repeating: 0x39, count: 4000)] {
      try directory.write("lock", bytes)
      let lock = try directory.lock("lock", timeoutInMilliseconds: 0)
      #expect(try directory.read("lock") == Array("\(ProcessInfo.processInfo.processIdentifier)\n".utf8))
      lock.release()
      try directory.remove("lock")
    }
  }

  @Test func aLockIsNotTakenThroughALink() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    try directory.write("precious", [1, 2, 3])
    #expect(unsafe symlink("precious", folder.path + "/lock") == 0)
    #expect(errorCode { () throws(IndexError) in _ = try directory.lock("lock", timeoutInMilliseconds: 0) } == .io)
    #expect(try directory.read("precious") == [1, 2, 3])
  }

  @Test func racesHaveOneWinner() throws {
    let folder = try TemporaryFolder()
    for round in 0..<100 {
      let winners = Winners()
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do throws(IndexError) {
          let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
          winners.add(try directory.lock("lock\(round)", timeoutInMilliseconds: 0))
        } catch {
          winners.refuse(error.code)
        }
      }
      #expect(winners.locks.count == 1)
      #expect(winners.refusals == [.locked, .locked, .locked])
    }
  }
}

private final class Winners: @unchecked Sendable {
  private let mutex = NSLock()
  private(set) var locks: [any DirectoryLock] = []
  private(set) var refusals: [IndexError.Code] = []
  func add(_ lock: any DirectoryLock) { mutex.withLock { locks.append(lock) } }
  func refuse(_ code: IndexError.Code) { mutex.withLock { refusals.append(code) } }
}
