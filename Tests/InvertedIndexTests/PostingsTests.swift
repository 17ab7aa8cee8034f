// Posting lists and positions written and read again.

import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct PostingsTests {
  /// A list with what the writer needs to know of it.
  private struct List {
    var documents: [DocID] = []
    var positions: [[UInt32]] = []
    var norms: [UInt8]
    var documentCount: Int
  }

  /// Lengths around the ends of blocks, groups, and short runs of positions.
  private static let lengths = [1, 2, 7, 8, 9, 127, 128, 129, 255, 256, 257, 4095, 4096, 4097, 4223, 4224, 4225, 5000]

  private func list(_ length: Int, _ generator: inout SeededGenerator) -> List {
    var documents: [DocID] = []
    var next = DocID.random(in: 0..<40, using: &generator)
    // Neighbours, clusters with wide gaps between them, or far apart: sets of bits, codes of few and of many low bits.
    let shape = Int.random(in: 0..<3, using: &generator)
    for _ in 0..<length {
      documents.append(next)
      switch shape {
      case 0: next += DocID.random(in: 1...3, using: &generator)
      case 1:
        next += Int.random(in: 0..<30, using: &generator) == 0 ? DocID.random(in: 1...40_000, using: &generator) : 1
      default: next += DocID.random(in: 1...4_000, using: &generator)
      }
    }
    let documentCount = Int(next) + Int.random(in: 0..<10, using: &generator)
    let mostOccurrences = [1, 2, 40].randomElement(using: &generator) ?? 1
    let positions = documents.map { _ -> [UInt32] in
      let isRich = Int.random(in: 0..<10, using: &generator) == 0
      let count = isRich ? Int.random(in: 1...mostOccurrences, using: &generator) : 1
      var position = UInt32.random(in: 0..<100, using: &generator)
      return (0..<count).map { _ in
        defer {
          position +=
            Int.random(in: 0..<50, using: &generator) == 0 ? 9_000 : UInt32.random(in: 0..<8, using: &generator)
        }
        return position
      }
    }
    let norms = (0..<documentCount).map { _ in UInt8.random(in: 1...90, using: &generator) }
    return List(documents: documents, positions: positions, norms: norms, documentCount: documentCount)
  }

  private func write(
    _ list: List, hasPositions: Bool, to directory: MemoryDirectory, token: SegmentToken = .random()
  ) throws -> (TermInfo, IndexFile, IndexFile) {
    func file(_ name: String, _ kind: SegmentFile) throws -> IndexFileWriter {
      try IndexFileWriter(
        directory: directory, name: name, kind: kind.kind, version: FormatVersion.current, segment: token)
    }
    let postings = try file("postings", .postings)
    let positions = try file("positions", .positions)
    let writer = PostingsWriter(postings: postings, positions: positions)
    let info = try list.norms.withUnsafeBufferPointer { norms in
      writer.beginTerm(hasPositions: hasPositions, norms: norms.baseAddress)
      for (place, document) in list.documents.enumerated() {
        var previous: UInt32 = 0
        for position in list.positions[place] where hasPositions {
          writer.add(positionDelta: position - previous)
          previous = position
        }
        writer.add(document: document, frequency: UInt32(list.positions[place].count))
      }
      return try writer.endTerm()
    }
    _ = try postings.finish()
    _ = try positions.finish()
    func open(_ name: String, _ kind: SegmentFile) throws -> IndexFile {
      try IndexFile(
        directory: directory, name: name, kind: kind.kind, supportedVersions: FormatVersion.supported, segment: token)
    }
    return (info, try open("postings", .postings), try open("positions", .positions))
  }

  @Test(arguments: lengths) func everythingComesBack(length: Int) throws {
    for seed in UInt64(0)..<6 {
      var generator = SeededGenerator(seed: seed << 16 | UInt64(length))
      let list = list(length, &generator)
      let hasPositions = seed % 3 > 0
      let (info, postings, positions) = try write(list, hasPositions: hasPositions, to: MemoryDirectory())
      let comment: Comment = "length \(length), seed \(seed)"
      #expect(info.documentFrequency == length)
      let context = ReadingContext()
      var cursor = try PostingsCursor(
        info, hasPositions: hasPositions, file: postings, documentCount: list.documentCount, context: context)
      var reader = try PositionsCursor(info, file: positions, context: context)
      var found = PositionList()
      for (place, document) in list.documents.enumerated() {
        try #require(cursor.next() == document, comment)
        let frequency = UInt32(list.positions[place].count)
        #expect(cursor.frequency == frequency, comment)
        if let impact = cursor.impact(ofBlock: cursor.currentBlock) {
          #expect(impact.covers(frequency: frequency, norm: list.norms[Int(document)]), comment)
        }
        if cursor.groupCount > 0 {
          let impact = cursor.impact(ofGroup: cursor.currentBlock / PostingsLayout.blocksOfGroup)
          #expect(impact.covers(frequency: frequency, norm: list.norms[Int(document)]), comment)
        }
        if hasPositions {
          reader.read(&cursor, block: cursor.currentBlock, place: cursor.place, into: &found)
          try #require((0..<found.count).map { found[$0] } == list.positions[place], comment)
        }
      }
      #expect(cursor.next() == .end, comment)
      try context.check()
    }
  }

  @Test(arguments: lengths) func positionsAreFoundWithoutThoseBefore(length: Int) throws {
    for seed in UInt64(0)..<10 {
      var generator = SeededGenerator(seed: seed << 16 | UInt64(length))
      let list = list(length, &generator)
      let (info, postings, positions) = try write(list, hasPositions: true, to: MemoryDirectory())
      let context = ReadingContext()
      var cursor = try PostingsCursor(
        info, hasPositions: true, file: postings, documentCount: list.documentCount, context: context)
      var reader = try PositionsCursor(info, file: positions, context: context)
      var found = PositionList()
      // Some blocks are asked for once, others several times.
      let step = [3, 100, 300].randomElement(using: &generator) ?? 3
      var place = Int.random(in: 0..<step, using: &generator)
      while place < length {
        try #require(cursor.advance(to: list.documents[place]) == list.documents[place])
        reader.read(&cursor, block: cursor.currentBlock, place: cursor.place, into: &found)
        try #require((0..<found.count).map { found[$0] } == list.positions[place], "seed \(seed), place \(place)")
        place += Int.random(in: 1...step, using: &generator)
      }
      try context.check()
    }
  }

  @Test(arguments: lengths) func jumpsLandOnTheNextDocument(length: Int) throws {
    for seed in UInt64(0)..<20 {
      var generator = SeededGenerator(seed: seed << 16 | UInt64(length))
      let list = list(length, &generator)
      let (info, postings, _) = try write(list, hasPositions: false, to: MemoryDirectory())
      let context = ReadingContext()
      var cursor = try PostingsCursor(
        info, hasPositions: false, file: postings, documentCount: list.documentCount, context: context)
      var target: DocID = 0
      let step = DocID(max(1, list.documentCount / Int.random(in: 1...60, using: &generator)))
      while target < list.documentCount {
        let expected = list.documents.first { $0 >= target }
        try #require(cursor.advance(to: target) == expected ?? .end, "length \(length), seed \(seed), \(target)")
        guard let expected else { break }
        target = expected + DocID.random(in: 1...step, using: &generator)
      }
      try context.check()
    }
  }

  @Test(arguments: lengths) func batchesAndBitsAgreeWithTheList(length: Int) throws {
    for seed in UInt64(0)..<10 {
      var generator = SeededGenerator(seed: seed << 16 | UInt64(length))
      let list = list(length, &generator)
      let (info, postings, _) = try write(list, hasPositions: false, to: MemoryDirectory())
      let comment: Comment = "length \(length), seed \(seed)"
      let context = ReadingContext()
      func open() throws -> PostingsCursor {
        try PostingsCursor(
          info, hasPositions: false, file: postings, documentCount: list.documentCount, context: context)
      }
      var cursor = try open()
      let members = Set(list.documents)
      var candidates: [DocID] = []
      while candidates.count < 300 {
        candidates.append(
          Bool.random(using: &generator)
            ? list.documents.randomElement(using: &generator) ?? 0
            : DocID.random(in: 0..<DocID(list.documentCount), using: &generator))
      }
      candidates = Set(candidates).sorted()
      var found: [DocID] = []
      var first = 0
      while first < candidates.count {
        let block = cursor.blockReaching(candidates[first], from: max(0, cursor.currentBlock))
        if block >= cursor.blockCount { break }
        let last = cursor.lastDocument(ofBlock: block)
        let batch = Array(candidates[first...].prefix { $0 <= last }.prefix(128))
        var places = [UInt8](repeating: 0, count: 136)
        var blockPlaces = places
        let count = batch.withUnsafeBufferPointer { batch in
          places.withUnsafeMutableBufferPointer { a in
            blockPlaces.withUnsafeMutableBufferPointer { b in
              guard let from = batch.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return 0 }
              return cursor.find(from, batch.count, inBlock: block, candidatePlaces: a, blockPlaces: b)
            }
          }
        }
        for i in 0..<count {
          let document = batch[Int(places[i])]
          found.append(document)
          let frequency = cursor.frequency(inBlock: block, at: Int(blockPlaces[i]))
          let place = try #require(list.documents.firstIndex(of: document), comment)
          #expect(frequency == UInt32(list.positions[place].count), comment)
        }
        first += batch.count
      }
      try #require(found == candidates.filter(members.contains), comment)

      // The same as bits, window by window, with sets of bits that reach beyond.
      var marking = try open()
      marking.next()
      var marked: [DocID] = []
      var marks = [UInt64](repeating: 0, count: 64 + EvaluationScratch.markSlack)
      var start: DocID = 0
      while start < list.documentCount {
        let end = min(DocID(list.documentCount), start + 4096)
        marks.withUnsafeMutableBufferPointer {
          if let base = $0.baseAddress { marking.mark(from: start, to: end, base) }
        }
        for word in 0..<64 {
          for bit in 0..<64 where marks[word] >> UInt64(bit) & 1 == 1 { marked.append(start + DocID(64 * word + bit)) }
        }
        marks.replaceSubrange(0..<64, with: [UInt64](repeating: 0, count: 64))
        marks = Array(marks[64...] + [UInt64](repeating: 0, count: 64))
        start += 4096
      }
      #expect(marked == list.documents, comment)
      try context.check()
    }
  }

  /// The lists that `Format.md` shows byte by byte.
  @Test func theExamplesOfTheSpecificationAreWhatIsWritten() throws {
    let directory = MemoryDirectory()
    let documents: [DocID] = [3, 4, 9]
    let list = List(
      documents: documents, positions: [[5], [0, 7], [2]], norms: [UInt8](repeating: 5, count: 10), documentCount: 10)
    let (info, _, _) = try write(
      list, hasPositions: true, to: directory,
      token: SegmentToken(bytes: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)))
    #expect(info.postings.count == 3 && info.positions.count == 4)
    let postings = try [UInt8](directory.open("postings").bytes)
    #expect(postings == Self.hexadecimal(Self.exampleFile))
    #expect(try [UInt8](directory.open("positions").bytes)[64..<68] == [5, 0, 7, 2])

    let block = List(
      documents: (0..<128).map { 8 * $0 }, positions: [[UInt32]](repeating: [0], count: 128),
      norms: [UInt8](repeating: 5, count: 1_024), documentCount: 1_024)
    let other = MemoryDirectory()
    let (blockInfo, _, _) = try write(block, hasPositions: false, to: other)
    let bytes = try [UInt8](other.open("postings").bytes)[64..<64 + blockInfo.postings.count]
    #expect(
      Array(bytes)
        == Self.hexadecimal("F8 03 00 00 52 00 01 05 01 05 00 00") + [UInt8](repeating: 0, count: 32)
        + [[UInt8]](repeating: Self.hexadecimal("49 92 24"), count: 16).flatMap { $0 })
  }

  private static let exampleFile = """
    4C 4F 51 55 41 54 49 58 70 6F 73 74 03 00 00 00 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F
    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 9A 69 60 DD
    19 03 05 D9 07 9A 57 03 00 00 00 00 00 00 00 01 00 00 00 03 87 4C FC 9A 69 60 DD 4C 4F 51 55 41
    54 4E 44 70 0A 4F 74
    """

  private static func hexadecimal(_ text: String) -> [UInt8] {
    text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
  }
}
