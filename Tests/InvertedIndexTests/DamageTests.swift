// What damage to files does: an error that names the file, or nothing at all.

import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct DamageTests {
  /// An index with what it answers.
  private struct Original {
    let files: IndexFiles
    let answers: [String]
    /// The files whose damage is tried.
    let names: [String]

    /// The small index, all files.
    init() throws { try self.init(SmallIndex.write, of: nil) }

    private init(_ write: (any Directory) throws -> Void, of kind: String?) throws {
      let directory = MemoryDirectory()
      try write(directory)
      answers = try SmallIndex.answers(directory)
      files = try IndexFiles(of: directory, leavingOut: [IndexWriter.lockName])
      names = files.names.filter { name in kind.map { name.hasSuffix($0) } ?? true }
    }

    /// The small index, and the lists of one that is long enough for groups of blocks.
    static func all() throws -> [Original] {
      [try Original(), try Original(SmallIndex.writeLongList, of: ".postings")]
    }
  }

  /// What is done to a byte.
  private enum Damage: CaseIterable {
    case flippedBit, flippedByte, cutOff

    func apply(to bytes: [UInt8], at place: Int) -> [UInt8] {
      var bytes = bytes
      switch self {
      case .flippedBit: bytes[place] ^= 1 << UInt8(place % 8)
      case .flippedByte: bytes[place] ^= 0xFF
      case .cutOff: bytes.removeSubrange(place...)
      }
      return bytes
    }
  }

  private struct Case {
    let original: Original
    let name: String
    let place: Int
    let damage: Damage
    var comment: Comment { "\(name) byte \(place) of \(original.files.files[name]?.count ?? 0), \(damage)" }
  }

  /// Every kind of damage to every byte, or some of them.
  private static func cases(_ sample: Int, _ test: String, _ length: (IndexFiles, String) -> Int) throws -> [Case] {
    var cases: [Case] = []
    for original in try Original.all() {
      for name in original.names {
        for place in 0..<length(original.files, name) {
          for damage in Damage.allCases {
            cases.append(Case(original: original, name: name, place: place, damage: damage))
          }
        }
      }
    }
    if testFlag("LOQUAT_TORTURE") {
      print("\(test): all \(cases.count) cases")
      return cases
    }
    var generator = SeededGenerator(seed: testSeed(test))
    return (0..<sample).map { _ in cases[Int.random(in: 0..<cases.count, using: &generator)] }
  }

  /// No case takes longer: nothing in an index this small does.
  private static let longest = Duration.seconds(5)

  /// Damaged in one file, the index gives the same answers or a typed error that names the file, and the checker finds it.
  @Test func damageAnywhereIsFoundAndNeverChangesAnAnswer() throws {
    let cases = try Self.cases(5_000, "damage") { $0.files[$1]?.count ?? 0 }
    var found = 0
    for one in cases {
      var files = one.original.files
      files.replace(one.name, by: one.damage.apply(to: files.files[one.name] ?? [], at: one.place))
      let directory = try files.directory()
      let start = ContinuousClock.now
      do throws(IndexError) {
        let answers = try SmallIndex.answers(directory)
        #expect(answers == one.original.answers, one.comment)
      } catch {
        #expect(error.file == one.name, "\(one.comment): \(error)")
        found += 1
      }
      let error = #expect(throws: IndexError.self, one.comment) {
        _ = try IndexChecker(try IndexReader.open(directory)).check()
      }
      #expect(error?.file == one.name, one.comment)
      #expect(start.duration(to: .now) < Self.longest, one.comment)
    }
    print("damage: \(cases.count) cases, of which opening or a query found \(found)")
  }

  /// The same behind right checksums: wrong answers, but no trap, no hang, and no error of another type. A trap ends the
  /// process; the seed, printed before, finds it again.
  @Test func damageBehindRightChecksumsTrapsNothing() throws {
    let cases = try Self.cases(2_000, "hostile damage") { $0.payload(of: $1).count }
    var found = 0
    for one in cases {
      var files = one.original.files
      files.setPayload(of: one.name, to: one.damage.apply(to: files.payload(of: one.name), at: one.place))
      let directory = try files.directory()
      let start = ContinuousClock.now
      do throws(IndexError) {
        _ = try SmallIndex.answers(directory)
      } catch {
        // Another schema makes a mistake of some queries.
        #expect(error.file != nil || error.code == .invalidArgument, "\(one.comment): \(error)")
      }
      do throws(IndexError) {
        _ = try IndexChecker(try IndexReader.open(directory)).check()
      } catch {
        #expect(error.file != nil, "\(one.comment): \(error)")
        found += 1
      }
      #expect(start.duration(to: .now) < Self.longest, one.comment)
    }
    // Stored text, ids and the users' data may be anything, so not all of it can be found; most is.
    print("hostile damage: \(cases.count) cases, of which the checker found \(found)")
    #expect(found > cases.count / 2)
  }

  /// Each segment may say of its lengths and sources what one alone may; together they are more than a number holds.
  @Test func theHighestCountsOfManySegmentsAreSearchedAndMerged() throws {
    let directory = MemoryDirectory()
    try NaiveIndex(SmallIndex.documents(0)).write(
      to: directory, schema: SmallIndex.schema, segments: [Int](repeating: 25, count: 12))
    var files = try IndexFiles(of: directory, leavingOut: [IndexWriter.lockName])
    let highest = [UInt8](repeating: 0xFF, count: 7) + [0x0F]
    for name in files.names where name.hasSuffix(".info") {
      var facts = files.payload(of: name)
      // Sources are the second number; of a field, what stands behind its spaces and its documents.
      facts.replaceSubrange(8..<16, with: highest)
      let field = [UInt8(4)] + Array("text".utf8) + [0, 1, 0, 0, 0]
      let place = try #require(facts.indices.first { facts[$0...].starts(with: field) }) + field.count + 8
      facts.replaceSubrange(place..<place + 8, with: highest)
      files.setPayload(of: name, to: facts)
    }
    let hostile = try files.directory()
    let reader = try IndexReader.open(hostile)
    #expect(try reader.segments.count > 8 && reader.statistics().sourceBytes == 1 << 60 - 1)
    #expect(try !Searcher(reader).search(.term(Term(field: 1, "everywhere"))).hits.isEmpty)
    let merging = try IndexWriter(
      directory: hostile, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
    try merging.merge(maximumSegments: 1)
    merging.close()
    let merged = try IndexReader.open(hostile)
    #expect(try merged.segments.count == 1 && merged.statistics().sourceBytes == 1 << 60 - 1)
  }

  @Test func aMissingFileIsATypedError() throws {
    let original = try Original()
    for name in original.names where !name.hasPrefix("commit_") {
      var files = original.files.files
      files[name] = nil
      #expect(throws: IndexError.self, "\(name)") { try SmallIndex.answers(MemoryDirectory(files: files)) }
    }
  }

  @Test func filesOfTwoSegmentsSwappedAreFound() throws {
    let original = try Original()
    for kind in ["postings", "terms", "norms", "ids", "store", "positions", "columns", "info"] {
      let names = original.names.filter { $0.hasSuffix(".\(kind)") }.sorted()
      var files = original.files.files
      files[names[0]] = original.files.files[names[1]]
      files[names[1]] = original.files.files[names[0]]
      #expect(throws: IndexError.self, "\(kind)") { try SmallIndex.answers(MemoryDirectory(files: files)) }
    }
  }

  @Test func foreignFilesBesideTheIndexDoNoHarm() throws {
    let original = try Original()
    var files = original.files.files
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

  /// The length of a block is stated twice, and whoever states it can make both agree.
  @Test func aBlockThatStatesMoreThanItCanHoldIsRefusedBeforeThereIsMemoryForIt() throws {
    let directory = MemoryDirectory()
    try SmallIndex.write(to: directory)
    var files = try IndexFiles(of: directory)
    let documents = 300
    // Magic, a header that states the length in four bytes, an empty last block; then the index and the trailer.
    var payload: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xA0, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 0, 0, 0, 0, 0]
    payload += [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0]
    payload += [16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    payload += (0..<8).map { UInt8(truncatingIfNeeded: documents >> (8 * $0)) }
    files.setPayload(of: "s0.store", to: payload)
    let reader = try IndexReader.open(files.directory())
    let error = #expect(throws: IndexError.self) {
      try reader.makeDocumentReader().storedFields(of: DocAddress(segment: 0, document: 7))
    }
    #expect(error?.message.contains("another length") == true, "\(String(describing: error))")
  }

  /// What the commit says of the fields decides what queries do, and no file but its own has a checksum of it.
  @Test func aCommitWhoseFieldsAreNotThoseOfItsSegmentsIsFound() throws {
    let original = try Original()
    let payload = original.files.payload(of: "commit_3")
    let name = Array("text".utf8)
    let place = try #require((0..<payload.count).first { payload[$0...].starts(with: name) })
    // The type, then which spaces keep positions.
    for (offset, value) in [(0, UInt8(ascii: "T")), (4, 1), (5, 0)] {
      var files = original.files
      var changed = payload
      changed[place + offset] = value
      files.setPayload(of: "commit_3", to: changed)
      let error = #expect(throws: IndexError.self) { _ = try IndexChecker(IndexReader.open(files.directory())).check() }
      #expect(error?.code == .corrupt && error?.file == "commit_3", "\(String(describing: error))")
    }
  }
}
