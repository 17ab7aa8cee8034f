// Writing of files: what is durable, and what a failure leaves.

import Glibc
import Storage
import TestSupport
import Testing

@Suite struct IndexFileWriterTests {
  private func workload(_ directory: any Storage.Directory) throws(IndexError) -> IndexFileSummary {
    let file = try IndexFileWriter(
      directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
    for _ in 0..<6 { try file.write([UInt8](repeating: 5, count: 100_000)) }
    return try file.finish()
  }

  @Test func bytesAreSyncedBeforeTheCloseAndNothingIsWrittenBetween() throws {
    let directory = try FaultInjectingDirectory()
    _ = try workload(directory)
    let kinds = directory.operations.map(\.kind)
    #expect(kinds.first == .create)
    #expect(kinds.suffix(3) == [.write, .sync, .close])
    #expect(kinds.dropFirst().dropLast(2).allSatisfy { $0 == .write })
    #expect(directory.leaks == [])
  }

  @Test func everyFailureIsReportedAndStays() throws {
    let clean = try FaultInjectingDirectory()
    _ = try workload(clean)
    for index in 0..<clean.operationCount {
      for sticky in [false, true] {
        let directory = try FaultInjectingDirectory()
        directory.fail(at: index, errno: ENOSPC, sticky: sticky)
        #expect(errorCode { () throws(IndexError) in _ = try workload(directory) } == .outOfSpace, "operation \(index)")
      }
    }
  }

  @Test func aFailedWriterAcceptsNothingMore() throws {
    let directory = try FaultInjectingDirectory()
    directory.shortWrite(at: 1, length: 100, errno: EIO)
    let file = try IndexFileWriter(
      directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
    #expect(errorCode { () throws(IndexError) in try file.write(randomBytes(300_000, seed: 1)) } == .io)
    #expect(errorCode { () throws(IndexError) in try file.write([1]) } == .io)
    #expect(errorCode { () throws(IndexError) in _ = try file.finish() } == .io)
    file.abandon()
    file.abandon()
    #expect(directory.leaks == [])
    #expect(directory.operations.map(\.kind) == [.create, .write, .close])
  }

  @Test func whatFailedToCloseIsNotClosedAgain() throws {
    let directory = try FaultInjectingDirectory()
    let file = try IndexFileWriter(
      directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
    directory.fail(at: 4, errno: EIO)
    #expect(errorCode { () throws(IndexError) in _ = try file.finish() } == .io)
    file.abandon()
    #expect(directory.operations.map(\.kind) == [.create, .write, .write, .sync, .close])
    #expect(directory.violations == [])
  }

  @Test func aFinishedWriterAcceptsNothingMore() throws {
    let directory = MemoryDirectory()
    let file = try IndexFileWriter(
      directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
    _ = try file.finish()
    let bytes = try directory.read("file")
    #expect(errorCode { () throws(IndexError) in try file.write([1]) } == .invalidArgument)
    #expect(errorCode { () throws(IndexError) in _ = try file.finish() } == .invalidArgument)
    file.abandon()
    #expect(try directory.read("file") == bytes)
    #expect(bytes.count == 64 + 4 + 32)
  }

  @Test func anAbandonedFileIsNoFileOfAnIndex() throws {
    let directory = MemoryDirectory()
    let file = try IndexFileWriter(
      directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
    try file.write([UInt8](repeating: 1, count: 300_000))
    file.abandon()
    #expect(errorCode { () throws(IndexError) in _ = try FrameSample.open(directory) } == .corrupt)
    #expect(errorCode { () throws(IndexError) in try file.write([1]) } == .invalidArgument)
  }

  @Test func theLayoutIsThatOfTheSpecification() throws {
    let bytes = try FrameSample.encoded([0xAA, 0xBB])
    #expect(Array(bytes[..<8]) == Array("LOQUATIX".utf8))
    #expect(Array(bytes[8..<12]) == Array("test".utf8))
    #expect(Array(bytes[12..<16]) == [3, 0, 0, 0])
    #expect(FrameSample.token.description == "efcdab89674523011032547698badcfe")
    #expect(
      bytes[16..<32].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == FrameSample.token.description)
    #expect(bytes[32..<60].allSatisfy { $0 == 0 })
    #expect(Array(bytes[64..<66]) == [0xAA, 0xBB])
    #expect(Array(bytes[70..<82]) == [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    #expect(Array(bytes[86..<90]) == Array(bytes[60..<64]))
    #expect(Array(bytes[90..<98]) == Array("LOQUATND".utf8))
    #expect(bytes.count == 102)
  }
}
