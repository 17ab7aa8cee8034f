// What damage to files does: an error that names the file, or nothing at all.

import InvertedIndex
import Storage
import TestSupport
import Testing

@Suite struct DamageTests {
  private struct Original {
    let files: [String: [UInt8]]
    let answers: [String]

    init() throws {
      let directory = MemoryDirectory()
      try SmallIndex.write(to: directory)
      answers = try SmallIndex.answers(directory)
      var files: [String: [UInt8]] = [:]
      for name in try directory.list() where name != IndexWriter.lockName {
        let bytes = try directory.open(name)
        files[name] = Array(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count))
      }
      self.files = files
    }

    /// Damaged in one file, the index gives the same answers or a typed error, and the checker finds the fault.
    func check(_ name: String, _ damaged: [UInt8], _ comment: Comment) throws {
      var files = self.files
      files[name] = damaged
      let directory = try MemoryDirectory(files: files)
      do {
        let found = try SmallIndex.answers(directory)
        #expect(found == answers, comment)
      } catch {
        #expect(error.file != nil || error.code == .notAnIndex, comment)
      }
      #expect(throws: IndexError.self, comment) { _ = try IndexChecker(try IndexReader.open(directory)).check() }
    }
  }

  @Test func aFlippedBitAnywhereIsFoundAndNeverChangesAnAnswer() throws {
    let original = try Original()
    let step = testFlag("LOQUAT_TORTURE") ? 1 : 7
    for (name, bytes) in original.files.sorted(by: { $0.key < $1.key }) {
      for place in stride(from: 0, to: bytes.count, by: step) {
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(place % 8)
        try original.check(name, damaged, "\(name) byte \(place) of \(bytes.count)")
      }
    }
  }

  @Test func aFileCutOffAnywhereIsFound() throws {
    let original = try Original()
    let step = testFlag("LOQUAT_TORTURE") ? 1 : 19
    for (name, bytes) in original.files.sorted(by: { $0.key < $1.key }) {
      for length in stride(from: 0, to: bytes.count, by: step) {
        try original.check(name, Array(bytes[..<length]), "\(name) cut to \(length) of \(bytes.count)")
      }
    }
  }

  @Test func aMissingFileIsATypedError() throws {
    let original = try Original()
    for name in original.files.keys where !name.hasPrefix("commit_") {
      var files = original.files
      files[name] = nil
      #expect(throws: IndexError.self, "\(name)") { try SmallIndex.answers(MemoryDirectory(files: files)) }
    }
  }

  @Test func filesOfTwoSegmentsSwappedAreFound() throws {
    let original = try Original()
    for kind in ["postings", "terms", "norms", "ids", "store", "positions", "columns", "info"] {
      let names = original.files.keys.filter { $0.hasSuffix(".\(kind)") }.sorted()
      var files = original.files
      files[names[0]] = original.files[names[1]]
      files[names[1]] = original.files[names[0]]
      #expect(throws: IndexError.self, "\(kind)") { try SmallIndex.answers(MemoryDirectory(files: files)) }
    }
  }

  @Test func foreignFilesBesideTheIndexDoNoHarm() throws {
    let original = try Original()
    var files = original.files
    for name in ["._s0.postings", "commit_x", "commit_01", "pending_commit_9", "notes.txt", "s9z.postings"] {
      files[name] = [1, 2, 3]
    }
    let directory = try MemoryDirectory(files: files)
    #expect(try SmallIndex.answers(directory) == original.answers)
    let writer = try IndexWriter(
      directory: directory, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
    try writer.merge(maximumSegments: 1)
    writer.close()
    #expect(try directory.list().contains("notes.txt"))
    #expect(try !directory.list().contains("pending_commit_9"))
  }
}
