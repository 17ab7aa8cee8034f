// The frame of files: what is written is read, and no damage goes unnoticed.

import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct IndexFileTests {
  @Test(arguments: DirectoryKind.allCases)
  func payloadsOfEveryLengthAroundPagesAndBuffersAreReadAsTheyWereWritten(_ kind: DirectoryKind) throws {
    try kind.with { directory in
      let page = 16_384
      for length in [0, 1, 63, page - 65, page - 64, page - 63, page, 16 * page - 64, 16 * page - 63, 70 * page + 5] {
        let payload = randomBytes(length, seed: UInt64(length))
        let name = "f\(length)"
        let summary = try FrameSample.write(payload, to: directory, name)
        let file = try FrameSample.open(directory, name)
        #expect(file.count == length)
        #expect(file.version == 3)
        #expect(unsafe Array(try file.bytes(0..<length)) == payload)
        try file.verifyAll()
        #expect(summary.length == (try directory.size(name)))
        #expect(summary.length == file.length)
        #expect(summary.checksum == file.checksum)
        #expect(summary.name == name)
      }
    }
  }

  @Test func smallWritesAndLargeOnesMakeTheSameFile() throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let payload = randomBytes(Int.random(in: 0...700_000, using: &generator), seed: seed)
      let directory = MemoryDirectory()
      let file = try IndexFileWriter(
        directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
      var rest = payload[...]
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 0...(seed % 2 == 0 ? 50_000 : 300_000), using: &generator))
        try file.write(Array(part))
        rest = rest.dropFirst(part.count)
        #expect(file.position == payload.count - rest.count)
      }
      _ = try file.finish()
      #expect(try directory.read("file") == FrameSample.encoded(payload), "seed \(seed)")
    }
  }

  @Test func alignmentPadsWithZeros() throws {
    let directory = MemoryDirectory()
    let file = try IndexFileWriter(
      directory: directory, name: "file", kind: FrameSample.kind, version: 3, segment: FrameSample.token)
    try file.align(to: 64)
    #expect(file.position == 0)
    var expected: [UInt8] = []
    for alignment in [1, 2, 8, 64, 4096, 7, 1] {
      try file.write([0xFF])
      expected.append(0xFF)
      try file.align(to: alignment)
      while expected.count % alignment != 0 { expected.append(0) }
      #expect(file.position == expected.count)
    }
    _ = try file.finish()
    #expect(try FrameSample.contents(directory.read("file")) == expected)
  }

  @Test func everyFlippedBitIsFound() throws {
    let payload = randomBytes(150, seed: 3)
    let good = try FrameSample.encoded(payload)
    #expect(try FrameSample.contents(good) == payload)
    for offset in good.indices {
      for bit in 0..<8 as Range<UInt8> {
        let error = try FrameSample.failure(FrameSample.replaced(good, at: offset, with: [good[offset] ^ 1 << bit]))
        #expect(error != nil, "bit \(bit) of byte \(offset)")
        #expect(error?.file == "file")
        #expect(error?.description.contains("\n") == false)
      }
      for value in [0, 0xFF] as [UInt8] where value != good[offset] {
        #expect(
          try FrameSample.failure(FrameSample.replaced(good, at: offset, with: [value])) != nil,
          "byte \(offset) set to \(value)")
      }
    }
  }

  @Test func everyTruncationIsFound() throws {
    let good = try FrameSample.encoded(randomBytes(16_384 + 200, seed: 4))
    for length in Array(0..<300) + Array(16_300..<good.count) {
      let error = try FrameSample.failure(Array(good[..<length]))
      #expect(error != nil, "length \(length)")
      #expect(error?.message.contains("cut off") == true, "length \(length)")
    }
  }

  @Test func bytesThatFollowAreFound() throws {
    let good = try FrameSample.encoded(randomBytes(100, seed: 5))
    for length in Array(1...100) + [512, 4096] {
      for filler in [0, 0xFF, 0x4C] as [UInt8] {
        #expect(try FrameSample.failure(good + [UInt8](repeating: filler, count: length)) != nil)
      }
    }
    #expect(try FrameSample.failure(good + good) != nil)
    #expect(try FrameSample.failure(good + good.suffix(32)) != nil)
    #expect(try FrameSample.failure(good.prefix(64) + good) != nil)
  }

  @Test func zeroedSectorsAreFound() throws {
    let good = try FrameSample.encoded([UInt8](repeating: 1, count: 40_000))
    for start in stride(from: 0, to: good.count, by: 512) {
      let length = min(512, good.count - start)
      #expect(
        try FrameSample.failure(FrameSample.replaced(good, at: start, with: [UInt8](repeating: 0, count: length)))
          != nil, "\(start)")
    }
  }

  @Test func partsOfDifferentFilesDoNotMix() throws {
    let one = try FrameSample.encoded(randomBytes(1000, seed: 6))
    let two = try FrameSample.encoded(randomBytes(1000, seed: 7))
    for cut in stride(from: 1, to: one.count, by: 13) {
      let mixed = Array(one[..<cut] + two[cut...])
      // The headers are the same.
      #expect(try FrameSample.failure(mixed) != nil || mixed == one || mixed == two, "cut at \(cut)")
    }
    // The same but for the version in the header, and the header whole: only the footer knows.
    let directory = MemoryDirectory()
    _ = try FrameSample.write(randomBytes(1000, seed: 6), to: directory, version: 4)
    let later = try directory.read("file")
    let mixed = try MemoryDirectory(files: ["file": Array(later[..<64] + one[64...])])
    #expect(errorCode { () throws(IndexError) in _ = try FrameSample.open(mixed) } == .corrupt)
    let other = try FrameSample.encoded(randomBytes(1000, seed: 6), segment: .random())
    #expect(try FrameSample.failure(Array(other[..<64] + one[64...]))?.code == .corrupt)
    #expect(try FrameSample.failure(other)?.message.contains("another segment") == true)
  }

  @Test func kindVersionAndTokenAreChecked() throws {
    let directory = MemoryDirectory()
    _ = try FrameSample.write([1], to: directory)
    func code(_ kind: FileKind, _ versions: ClosedRange<UInt16>, _ segment: SegmentToken?) -> IndexError.Code? {
      errorCode { () throws(IndexError) in
        _ = try IndexFile(
          directory: directory, name: "file", kind: kind, supportedVersions: versions, segment: segment)
      }
    }
    #expect(code(FrameSample.kind, 3...3, FrameSample.token) == nil)
    #expect(code(FrameSample.kind, 3...3, nil) == nil)
    #expect(code(FrameSample.kind, 1...2, FrameSample.token) == .formatTooNew)
    #expect(code(FrameSample.kind, 4...9, FrameSample.token) == .formatTooOld)
    #expect(code(FileKind("tesu"), 3...3, FrameSample.token) == .corrupt)
    #expect(code(FrameSample.kind, 3...3, .random()) == .corrupt)
    // Whatever the rest of a newer file looks like, it is newer.
    #expect(code(FileKind("tesu"), 1...2, .random()) == .formatTooNew)
  }

  @Test func foreignFilesAreNoIndex() throws {
    #expect(try FrameSample.failure(randomBytes(5000, seed: 1))?.code == .notAnIndex)
    #expect(try FrameSample.failure(Array("%PDF-1.7".utf8) + [UInt8](repeating: 0, count: 200))?.code == .notAnIndex)
    #expect(try FrameSample.failure([UInt8](repeating: 0, count: 96))?.code == .notAnIndex)
    #expect(try FrameSample.failure([])?.code == .corrupt)
    #expect(errorCode { () throws(IndexError) in _ = try FrameSample.open(MemoryDirectory()) } == .notFound)
  }

  @Test func partsOfTheHeaderThatAreNotKnownAreNewer() throws {
    let good = try FrameSample.encoded([1, 2, 3])
    for offset in [14, 15] + Array(32..<60) {
      let bytes = FrameSample.resealed(FrameSample.replaced(good, at: offset, with: [1]))
      #expect(try FrameSample.failure(bytes)?.code == .formatTooNew, "byte \(offset)")
    }
    #expect(try FrameSample.contents(FrameSample.resealed(good)) == [1, 2, 3])
  }

  @Test func hostileFilesWithRightChecksumsAreErrorsAndNoMore() throws {
    let payload = randomBytes(33_000, seed: 8)
    let good = try FrameSample.encoded(payload)
    let isSame = FrameSample.resealed(good) == good
    #expect(isSame)
    let footer = good.count - 32
    for seed in 0..<1500 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var bytes = good
      // The numbers of the footer, extreme, near right or random; sometimes the length too.
      for offset in [footer, footer + 8] where Bool.random(using: &generator) {
        let wide = offset == footer
        let near = UInt64(wide ? payload.count : 3) &+ UInt64(bitPattern: Int64.random(in: -40...40, using: &generator))
        let choices: [UInt64] = [0, 1, .max, .max - 63, 1 << 63, 1 << 32, near, generator.next()]
        let value = choices.randomElement(using: &generator) ?? 0
        for place in 0..<(wide ? 8 : 4) {
          bytes[offset + place] = UInt8(truncatingIfNeeded: value >> UInt64(8 * place))
        }
      }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        let cut = Int.random(in: 64...footer, using: &generator)
        bytes.removeSubrange(cut..<min(footer, cut + Int.random(in: 0...20_000, using: &generator)))
      }
      bytes = FrameSample.resealed(bytes)
      if let found = try? FrameSample.contents(bytes) {
        #expect(bytes == good || found.count + 96 + 4 * ((found.count + 64 + 16_383) / 16_384) == bytes.count)
      }
    }
  }

  @Test func rangesOutsideThePayloadAreCorrupt() throws {
    let directory = MemoryDirectory()
    _ = try FrameSample.write(randomBytes(20_000, seed: 9), to: directory)
    let file = try FrameSample.open(directory)
    let ranges = [
      -1..<0, 0..<20_001, 20_000..<20_001, 20_001..<20_001, Int.min..<Int.min, Int.min..<Int.max, 0..<Int.max,
      Int.max - 1..<Int.max, Int.max..<Int.max, -64..<10, 19_999..<30_000,
    ]
    for range in ranges {
      do throws(IndexError) {
        _ = unsafe try file.bytes(range)
        Issue.record("\(range) was given out")
      } catch {
        #expect(error.code == .corrupt)
        #expect(error.file == "file")
      }
      #expect(errorCode { () throws(IndexError) in _ = try file.reader(range) } == .corrupt)
      file.prefetch(range)
    }
    for range in [0..<0, 20_000..<20_000, 16_320..<16_320] {
      #expect(unsafe try file.bytes(range).count == 0)
    }
    file.prefetch(0..<20_000)
  }

  @Test func onlyThePagesThatAreTouchedAreChecked() throws {
    let page = 16_384
    let payload = randomBytes(150 * page, seed: 10)
    let good = try FrameSample.encoded(payload)
    for damaged in [0, 1, 5, 62, 63, 64, 65, 127, 128, 149] {
      let offset = damaged * page + 100
      let file = try FrameSample.open(
        try MemoryDirectory(files: ["file": FrameSample.replaced(good, at: offset, with: [good[offset] ^ 1])]))
      for other in 0..<150 where other != damaged {
        let range = max(0, other * page - 64)..<(other + 1) * page - 64
        #expect(unsafe Array(try file.bytes(range)) == Array(payload[range]))
      }
      for range in [
        offset - 64..<offset - 63, 0..<payload.count, max(0, damaged * page - 65)..<max(1, damaged * page),
      ] {
        for _ in 0..<2 {
          do throws(IndexError) {
            _ = unsafe try file.bytes(range)
            Issue.record("page \(damaged) was given out with \(range)")
          } catch {
            #expect(error.code == .corrupt)
            #expect(error.offset == damaged * page)
          }
        }
      }
      #expect(errorCode { () throws(IndexError) in try file.verifyAll() } == .corrupt)
    }
  }

  @Test func verifyingNamesTheFirstDamagedPage() throws {
    var bytes = try FrameSample.encoded(randomBytes(100_000, seed: 11))
    bytes[40_000] ^= 1
    bytes[90_000] ^= 1
    let file = try FrameSample.open(try MemoryDirectory(files: ["file": bytes]))
    do throws(IndexError) {
      try file.verifyAll()
      Issue.record("the damage was not found")
    } catch {
      #expect(error.offset == 32_768)
      #expect(error.description == "file: a page does not have its checksum at byte 32768 (corrupt)")
    }
  }

  @Test func manyThreadsTouchPagesForTheFirstTimeTogether() throws {
    let payload = randomBytes(200 * 16_384, seed: 12)
    let directory = MemoryDirectory()
    _ = try FrameSample.write(payload, to: directory)
    let file = try FrameSample.open(directory)
    let differences = Faults()
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      var generator = SeededGenerator(seed: UInt64(thread))
      for _ in 0..<2000 {
        let start = Int.random(in: 0..<payload.count, using: &generator)
        let range = start..<min(payload.count, start + Int.random(in: 0...60_000, using: &generator))
        let same = (try? unsafe Array(file.bytes(range)) == Array(payload[range])) ?? false
        if !same { differences.add() }
      }
    }
    #expect(differences.count == 0)
  }

  @Test func readersNamePlacesInTheFile() throws {
    let directory = MemoryDirectory()
    _ = try FrameSample.write([1, 2, 3, 4, 5], to: directory)
    var reader = try FrameSample.open(directory).reader(1..<5)
    #expect(reader.offset == 65)
    #expect(try reader.u32() == 0x0504_0302)
    #expect(reader.corrupt("x").offset == 69)
  }

  @Test func anIndexFileOutlivesItsNameAndItsDirectory() throws {
    let folder = try TemporaryFolder()
    let payload = randomBytes(40_000, seed: 13)
    let file: IndexFile
    do {
      let directory = try FileSystemDirectory(path: folder.path, createIfMissing: false)
      _ = try FrameSample.write(payload, to: directory)
      file = try FrameSample.open(directory)
      try directory.remove("file")
    }
    #expect(unsafe Array(try file.bytes(0..<file.count)) == payload)
  }
}

private final class Faults: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var count = 0
  func add() { lock.withLock { count += 1 } }
}
