// What is particular to folders of the file system.

import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct FileSystemDirectoryTests {
  private func descriptors(below path: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return all.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
      .filter { $0.hasPrefix(path) }
  }

  private func mappings(below path: String) -> Int {
    let maps = FileHandle(forReadingAtPath: "/proc/self/maps")?.readDataToEndOfFile() ?? Data()
    return String(decoding: maps, as: UTF8.self).split(separator: "\n").count { $0.contains(path) }
  }

  @Test func aMissingFolderIsMadeWhenThatIsAsked() throws {
    let folder = try TemporaryFolder()
    let deep = folder.path + "/a//b/c/"
    #expect(
      errorCode { () throws(IndexError) in _ = try FileSystemDirectory(path: deep, createIfMissing: false) }
        == .notFound)
    let directory = try FileSystemDirectory(path: deep, createIfMissing: true)
    try directory.write("x", [1])
    #expect(FileManager.default.fileExists(atPath: folder.path + "/a/b/c/x"))
    #expect(try FileSystemDirectory(path: deep, createIfMissing: true).read("x") == [1])
  }

  @Test func pathsThatCannotBeFoldersAreErrors() throws {
    let folder = try TemporaryFolder()
    try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/file"))
    for path in ["", "a\0b"] {
      #expect(
        errorCode { () throws(IndexError) in _ = try FileSystemDirectory(path: path, createIfMissing: true) }
          == .invalidArgument)
    }
    for path in ["/file", "/file/below"] {
      #expect(
        errorCode { () throws(IndexError) in
          _ = try FileSystemDirectory(path: folder.path + path, createIfMissing: true)
        } == .io)
    }
  }

  @Test func onlyRegularFilesAreListedAndOpened() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
    try directory.write("file", [1])
    try FileManager.default.createDirectory(atPath: folder.path + "/folder", withIntermediateDirectories: false)
    #expect(unsafe mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(unsafe symlink("file", folder.path + "/link") == 0)
    #expect(unsafe symlink("nowhere", folder.path + "/dangling") == 0)
    try directory.write("檔案", [2])
    let notUTF8 = folder.path.utf8.map { CChar(bitPattern: $0) } + [0x2F, -1, -2, 0]
    close(unsafe creat(notUTF8, 0o600))
    #expect(try directory.list().sorted() == ["file", "link", "檔案"])
    for name in ["folder", "pipe"] {
      #expect(errorCode { () throws(IndexError) in _ = try directory.open(name) } == .io)
      #expect(errorCode { () throws(IndexError) in _ = try directory.size(name) } == .io)
    }
    #expect(errorCode { () throws(IndexError) in _ = try directory.create("dangling") } == .alreadyExists)
    #expect(try directory.read("link") == [1])
  }

  @Test func aFolderMayBeRenamedWhileItIsOpen() throws {
    let folder = try TemporaryFolder()
    let directory = try FileSystemDirectory(path: folder.path + "/one", createIfMissing: true)
    try directory.write("a", [1])
    try FileManager.default.moveItem(atPath: folder.path + "/one", toPath: folder.path + "/two")
    #expect(try directory.read("a") == [1])
    try directory.write("b", [2])
    #expect(FileManager.default.fileExists(atPath: folder.path + "/two/b"))
  }

  @Test func noDescriptorAndNoMappingIsLeft() throws {
    let folder = try TemporaryFolder()
    do {
      let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
      for round in 0..<50 {
        try directory.write("f\(round)", randomBytes(5000, seed: 1))
        let file = try directory.open("f\(round)")
        #expect(mappings(below: folder.path) == 1)
        #expect(file.count == 5000)
        _ = try directory.list()
        _ = try directory.create("unfinished\(round)")
        _ = try directory.lock("lock", timeoutInMilliseconds: 0)
        #expect(errorCode { () throws(IndexError) in _ = try directory.open("none") } == .notFound)
        #expect(errorCode { () throws(IndexError) in _ = try directory.create("f0") } == .alreadyExists)
      }
      #expect(descriptors(below: folder.path) == [folder.path])
    }
    #expect(descriptors(below: folder.path) == [])
    #expect(mappings(below: folder.path) == 0)
  }

  @Test func aFullDiskIsOutOfSpaceAndLosesTheFile() throws {
    let device = unsafe open("/dev/full", O_WRONLY)
    let file = FileSystemOutputFile(name: "full", descriptor: device)
    do throws(IndexError) {
      try file.write([1, 2, 3])
      Issue.record("the full device took bytes")
    } catch {
      #expect(error.code == .outOfSpace)
      #expect(error.errno == ENOSPC)
      #expect(error.file == "full")
    }
    #expect(errorCode { () throws(IndexError) in try file.write([1]) } == .writerPoisoned)
    #expect(errorCode { () throws(IndexError) in try file.sync() } == .writerPoisoned)
    #expect(errorCode { () throws(IndexError) in try file.close() } == .writerPoisoned)
    #expect(fcntl(device, F_GETFD) == -1, "the descriptor must be closed all the same")
  }

  @Test func aFailedSyncIsNeverFollowedBySuccess() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    defer { close(ends[0]) }
    // fsync(2) of a pipe fails.
    let file = FileSystemOutputFile(name: "pipe", descriptor: ends[1])
    try file.write([1])
    #expect(errorCode { () throws(IndexError) in try file.sync() } == .io)
    #expect(errorCode { () throws(IndexError) in try file.sync() } == .writerPoisoned)
    #expect(errorCode { () throws(IndexError) in try file.write([1]) } == .writerPoisoned)
    #expect(errorCode { () throws(IndexError) in try file.close() } == .writerPoisoned)
    #expect(errorCode { () throws(IndexError) in try file.close() } == .invalidArgument)
  }

  @Test func shortWritesAreContinued() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    // A socket that gives up after a tenth of a second makes write(2) stop where its buffer is full.
    var limit = timeval(tv_sec: 0, tv_usec: 100_000)
    #expect(
      unsafe setsockopt(ends[1], SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size)) == 0)
    let bytes = randomBytes(3_000_000, seed: 5)
    let reading = ends[0]
    let received = Received()
    let thread = Thread {
      Thread.sleep(forTimeInterval: 0.15)
      var buffer = [UInt8](repeating: 0, count: 100_000)
      while true {
        let count = unsafe read(reading, &buffer, buffer.count)
        if count <= 0 { break }
        received.append(buffer[..<count])
      }
      received.end()
    }
    thread.start()
    let file = FileSystemOutputFile(name: "socket", descriptor: ends[1])
    try file.write(bytes)
    try file.close()
    received.wait()
    close(reading)
    #expect(received.bytes == bytes)
  }

  @Test func foldersThatCannotBeWrittenOrSyncedAreErrors() throws {
    let directory = try FileSystemDirectory(path: "/proc/self", createIfMissing: false)
    // fsync(2) of a folder of procfs fails.
    #expect(errorCode { () throws(IndexError) in try directory.sync() } == .io)
    #expect(errorCode { () throws(IndexError) in _ = try directory.create("x") } != nil)
    #expect(errorCode { () throws(IndexError) in _ = try directory.lock("x", timeoutInMilliseconds: 0) } != nil)
  }
}

/// Collects bytes in another thread.
private final class Received: @unchecked Sendable {
  private let ended = DispatchSemaphore(value: 0)
  private(set) var bytes: [UInt8] = []
  func append(_ more: ArraySlice<UInt8>) { bytes += more }
  func end() { ended.signal() }
  func wait() { ended.wait() }
}
