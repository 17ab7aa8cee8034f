// Indexes and files of other programs and of other versions of this one.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct ForeignIndexTests {
  private func files() throws -> [String: [UInt8]] {
    let directory = MemoryDirectory()
    try SmallIndex.write(to: directory)
    var files: [String: [UInt8]] = [:]
    for name in try directory.list() where name != IndexWriter.lockName {
      let bytes = try directory.open(name)
      files[name] = Array(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count))
    }
    return files
  }

  /// The file as a program of another version would have begun it: whatever follows, its header is right.
  private func file(_ bytes: [UInt8], version: UInt16) -> [UInt8] {
    var bytes = bytes
    bytes[12] = UInt8(truncatingIfNeeded: version)
    bytes[13] = UInt8(truncatingIfNeeded: version >> 8)
    let checksum = bytes[..<60].withUnsafeBytes { CRC32C.checksum($0) }
    for place in 0..<4 { bytes[60 + place] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * place)) }
    return bytes
  }

  /// What opening an index says, for reading and for writing, and that it leaves all files as they were.
  private func expect(_ code: IndexError.Code, file name: String?, _ files: [String: [UInt8]], _ comment: Comment)
    throws
  {
    let directory = try MemoryDirectory(files: files)
    let reading = #expect(throws: IndexError.self, comment) { try IndexReader.open(directory) }
    #expect(reading?.code == code, comment)
    if let name { #expect(reading?.file == name, comment) }
    let writing = #expect(throws: IndexError.self, comment) {
      try IndexWriter(directory: directory, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
    }
    #expect(writing?.code == code, comment)
    for (name, bytes) in files {
      let now = try directory.open(name)
      #expect(Array(UnsafeRawBufferPointer(start: now.base, count: now.count)) == bytes, comment)
    }
  }

  private func newestCommit(_ files: [String: [UInt8]]) throws -> String {
    try #require(files.keys.filter { $0.hasPrefix("commit_") }.max())
  }

  @Test func anIndexOfAnotherVersionIsSaidToBeOne() throws {
    let files = try files()
    let commit = try newestCommit(files)
    let newer = FormatVersion.supported.upperBound + 1
    let older = FormatVersion.supported.lowerBound - 1
    for (version, code) in [
      (newer, IndexError.Code.formatTooNew), (.max, .formatTooNew), (older, .formatTooOld), (0, .formatTooOld),
    ] {
      try expect(code, file: commit, files.mapValues { file($0, version: version) }, "all of version \(version)")
      for name in files.keys {
        var changed = files
        changed[name] = file(files[name] ?? [], version: version)
        try expect(code, file: name, changed, "\(name) of version \(version)")
      }
    }
    // The helper itself changes nothing else.
    let same = files.mapValues { file($0, version: FormatVersion.current) }
    #expect(same == files)
  }

  @Test func theErrorSaysWhichVersionItIsAndWhichAreRead() throws {
    let files = try files()
    let newer = FormatVersion.current + 1
    let directory = try MemoryDirectory(files: files.mapValues { file($0, version: newer) })
    let error = #expect(throws: IndexError.self) { try IndexReader.open(directory) }
    #expect(error?.message.contains("version \(newer)") == true)
    #expect(error?.message.contains("\(FormatVersion.current)") == true)
  }

  @Test func filesOfOtherProgramsAreSaidToBeNone() throws {
    let files = try files()
    let commit = try newestCommit(files)
    let foreign: [[UInt8]] = [
      Array("%PDF-1.7\n".utf8) + [UInt8](repeating: 0x20, count: 300),
      Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 4_080),
      [0x3F, 0xD7, 0x6C, 0x17] + [UInt8](repeating: 1, count: 500),
    ]
    for bytes in foreign {
      try expect(.notAnIndex, file: commit, files.mapValues { _ in bytes }, "all of them")
      for name in files.keys {
        var changed = files
        changed[name] = bytes
        try expect(.notAnIndex, file: name, changed, "\(name)")
      }
    }
  }

  @Test func aFolderOfOtherFilesHoldsNoIndex() throws {
    let directory = try MemoryDirectory(files: ["segments_3": [1, 2, 3], "notes.txt": [4]])
    let error = #expect(throws: IndexError.self) { try IndexReader.open(directory) }
    #expect(error?.code == .notAnIndex)
    // A new index beside them leaves them alone.
    try SmallIndex.write(to: directory)
    #expect(try Set(directory.list()).isSuperset(of: ["segments_3", "notes.txt"]))
    #expect(try IndexReader.open(directory).documentCount > 0)
  }
}
