// The contract of directories, the same for every kind of them.

import Foundation
import Storage
import TestSupport
import Testing

@Suite struct DirectoryContractTests {
  @Test(arguments: DirectoryKind.allCases)
  func aFileIsReadAsItWasWritten(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      for length in [0, 1, 4095, 4096, 4097, 1_000_003] {
        let bytes = randomBytes(length, seed: UInt64(length))
        let file = try directory.create("f\(length)")
        #expect(file.name == "f\(length)")
        for start in stride(from: 0, to: length, by: 100_000) {
          try file.write(Array(bytes[start..<min(length, start + 100_000)]))
        }
        try file.sync()
        try file.close()
        #expect(try directory.read("f\(length)") == bytes)
        #expect(try directory.size("f\(length)") == length)
      }
      #expect(try directory.list().sorted() == ["f0", "f1", "f1000003", "f4095", "f4096", "f4097"])
      try directory.sync()
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func creatingIsExclusive(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      try directory.write("a", [1])
      #expect(errorCode { () throws(IndexError) in _ = try directory.create("a") } == .alreadyExists)
      #expect(try directory.read("a") == [1])
      try directory.remove("a")
      try directory.write("a", [2])
      #expect(try directory.read("a") == [2])
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func whatIsNotThereIsNotFound(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      #expect(errorCode { () throws(IndexError) in _ = try directory.open("a") } == .notFound)
      #expect(errorCode { () throws(IndexError) in _ = try directory.size("a") } == .notFound)
      #expect(errorCode { () throws(IndexError) in try directory.remove("a") } == .notFound)
      #expect(errorCode { () throws(IndexError) in try directory.rename("a", to: "b") } == .notFound)
      let names = try directory.list()
      #expect(names == [])
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func renamingReplaces(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      try directory.write("a", [1])
      try directory.write("b", [2, 2])
      try directory.rename("a", to: "b")
      #expect(try directory.list() == ["b"])
      #expect(try directory.read("b") == [1])
      try directory.rename("b", to: "b")
      #expect(try directory.read("b") == [1])
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func openedBytesOutliveRemovalAndReplacement(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      let first = randomBytes(50_000, seed: 1)
      try directory.write("a", first)
      try directory.write("b", [2])
      let removed = try directory.open("a")
      let replaced = try directory.open("b")
      try directory.remove("a")
      try directory.write("c", [3])
      try directory.rename("c", to: "b")
      try directory.write("a", [4])
      #expect(unsafe Array(removed.bytes) == first)
      #expect(unsafe Array(replaced.bytes) == [2])
      #expect(try directory.read("b") == [3])
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func malformedNamesAreRefusedEverywhere(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      try directory.write("a", [1])
      let names = [
        "", ".", "..", "a/b", "/", "../x", "a\0b", "\0", String(repeating: "x", count: 256),
        "語" + String(repeating: "言", count: 85),
      ]
      for name in names {
        #expect(errorCode { () throws(IndexError) in _ = try directory.create(name) } == .invalidArgument)
        #expect(errorCode { () throws(IndexError) in _ = try directory.open(name) } == .invalidArgument)
        #expect(errorCode { () throws(IndexError) in _ = try directory.size(name) } == .invalidArgument)
        #expect(errorCode { () throws(IndexError) in try directory.remove(name) } == .invalidArgument)
        #expect(errorCode { () throws(IndexError) in try directory.rename(name, to: "b") } == .invalidArgument)
        #expect(errorCode { () throws(IndexError) in try directory.rename("a", to: name) } == .invalidArgument)
        #expect(
          errorCode { () throws(IndexError) in _ = try directory.lock(name, timeoutInMilliseconds: 0) }
            == .invalidArgument)
      }
      #expect(try directory.list() == ["a"])
      let longest = String(repeating: "x", count: 255)
      try directory.write(longest, [9])
      #expect(try directory.read(longest) == [9])
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func aClosedFileAcceptsNothing(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      let file = try directory.create("a")
      try file.write([1])
      try file.close()
      #expect(errorCode { () throws(IndexError) in try file.write([2]) } == .invalidArgument)
      #expect(errorCode { () throws(IndexError) in try file.sync() } == .invalidArgument)
      #expect(errorCode { () throws(IndexError) in try file.close() } == .invalidArgument)
      #expect(try directory.read("a") == [1])
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func aLockHasOneHolder(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      let first = try directory.lock("lock", timeoutInMilliseconds: 0)
      do throws(IndexError) {
        _ = try directory.lock("lock", timeoutInMilliseconds: 30)
        Issue.record("two holders")
      } catch {
        #expect(error.code == .locked)
        #expect(error.message.contains("\(ProcessInfo.processInfo.processIdentifier)"))
      }
      let other = try directory.lock("another", timeoutInMilliseconds: 0)
      first.release()
      first.release()
      let second = try directory.lock("lock", timeoutInMilliseconds: 0)
      // A released lock does not release its successor.
      first.release()
      #expect(
        errorCode { () throws(IndexError) in _ = try directory.lock("lock", timeoutInMilliseconds: 0) } == .locked)
      second.release()
      other.release()
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func aLockGoesWithItsObject(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      for _ in 0..<3 { _ = try directory.lock("lock", timeoutInMilliseconds: 0) }
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func waitingForALockGetsItWhenItIsReleased(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      let first = try directory.lock("lock", timeoutInMilliseconds: 0)
      Thread.detachNewThread {
        Thread.sleep(forTimeInterval: 0.05)
        first.release()
      }
      try directory.lock("lock", timeoutInMilliseconds: 20_000).release()
    }
  }

  @Test(arguments: DirectoryKind.allCases)
  func manyThreadsTakeTurnsWithALock(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      let counter = Counter()
      DispatchQueue.concurrentPerform(iterations: 40) { _ in
        guard let lock = try? directory.lock("lock", timeoutInMilliseconds: 60_000) else {
          return counter.note("no lock within a minute")
        }
        counter.enter()
        lock.release()
      }
      #expect(counter.entered == 40)
      #expect(counter.faults == [])
    }
  }
}

/// Notices two threads within at once.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var inside = false
  private(set) var entered = 0
  private(set) var faults: [String] = []

  func note(_ fault: String) { lock.withLock { faults.append(fault) } }

  func enter() {
    lock.withLock {
      if inside { faults.append("two within") }
      inside = true
    }
    Thread.sleep(forTimeInterval: 0.0005)
    lock.withLock {
      inside = false
      entered += 1
    }
  }
}
