// Reading of bytes that nobody vouches for.

import Storage
import TestSupport
import Testing

/// Calls `body` with a reader of `bytes`, which lie at byte 1000 of "file".
private func read<Result>(_ bytes: [UInt8], _ body: (inout ByteReader) throws -> Result) rethrows -> Result {
  try unsafe bytes.withUnsafeBytes { (raw) in
    var reader = unsafe ByteReader(raw, file: "file", baseOffset: 1000, owner: nil)
    return try body(&reader)
  }
}

@Suite struct ByteReaderTests {
  private enum Value: Equatable {
    case u8(UInt8), u16(UInt16), u32(UInt32), u64(UInt64), varint32(UInt32), varint64(UInt64)
    case bytes([UInt8]), string(String), count(Int)

    static func random(_ generator: inout SeededGenerator) -> Value {
      let bits = UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...63, using: &generator)
      switch Int.random(in: 0...8, using: &generator) {
      case 0: return .u8(UInt8(truncatingIfNeeded: bits))
      case 1: return .u16(UInt16(truncatingIfNeeded: bits))
      case 2: return .u32(UInt32(truncatingIfNeeded: bits))
      case 3: return .u64(bits)
      case 4: return .varint32(UInt32(truncatingIfNeeded: bits))
      case 5: return .varint64(bits)
      case 6: return .bytes((0..<Int(bits % 40)).map { UInt8($0) })
      case 7: return .string(String("héllo 世界 𠮷 text".prefix(Int(bits % 16))))
      default: return .count(Int(bits % 3))
      }
    }

    func write(to writer: inout ByteWriter) {
      switch self {
      case .u8(let value): writer.u8(value)
      case .u16(let value): writer.u16(value)
      case .u32(let value): writer.u32(value)
      case .u64(let value): writer.u64(value)
      case .varint32(let value): writer.varint(UInt64(value))
      case .varint64(let value): writer.varint(value)
      case .bytes(let value): writer.bytes(value)
      case .string(let value): writer.string(value)
      case .count(let value):
        writer.varint(UInt64(value))
        writer.bytes([UInt8](repeating: 0, count: value))
      }
    }

    /// Reads a value of the same kind.
    func read(from reader: inout ByteReader) throws(IndexError) -> Value {
      switch self {
      case .u8: return .u8(try reader.u8())
      case .u16: return .u16(try reader.u16())
      case .u32: return .u32(try reader.u32())
      case .u64: return .u64(try reader.u64())
      case .varint32: return .varint32(try reader.varint32())
      case .varint64: return .varint64(try reader.varint64())
      case .bytes(let value): return .bytes(unsafe Array(try reader.bytes(value.count)))
      case .string: return .string(try reader.string())
      case .count:
        let count = try reader.count(max: 1000)
        try reader.skip(count)
        return .count(count)
      }
    }
  }

  @Test func whatWasWrittenIsRead() throws {
    for seed in 0..<200 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let values = (0..<50).map { _ in Value.random(&generator) }
      let bytes = written { writer in for value in values { value.write(to: &writer) } }
      try read(bytes) { reader in
        for value in values {
          let found = try value.read(from: &reader)
          #expect(found == value, "seed \(seed)")
        }
        #expect(reader.isAtEnd)
        #expect(reader.offset == 1000 + bytes.count)
      }
    }
  }

  @Test func everyTruncationIsAnErrorThatNamesThePlace() throws {
    for seed in 0..<50 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let values = (0..<12).map { _ in Value.random(&generator) }
      let bytes = written { writer in for value in values { value.write(to: &writer) } }
      for length in 0..<bytes.count {
        let error: IndexError? = read(Array(bytes[..<length])) { reader in
          do throws(IndexError) {
            for value in values { _ = try value.read(from: &reader) }
            return nil
          } catch {
            return error
          }
        }
        #expect(error?.code == .corrupt, "seed \(seed), length \(length)")
        #expect(error?.file == "file")
        #expect((1000...1000 + length).contains(error?.offset ?? -1))
      }
    }
  }

  @Test func randomBytesGiveValuesOrErrorsAndAnErrorMovesNothing() {
    for seed in 0..<3000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let bytes = randomBytes(Int.random(in: 0...60, using: &generator), seed: seed)
      read(bytes) { reader in
        for _ in 0..<30 {
          let before = reader.offset
          let wanted = Value.random(&generator)
          do throws(IndexError) {
            _ = try wanted.read(from: &reader)
          } catch {
            if case .count = wanted { continue }
            #expect(reader.offset == before, "seed \(seed), \(wanted)")
          }
          #expect(reader.remaining >= 0 && reader.offset + reader.remaining == 1000 + bytes.count, "seed \(seed)")
        }
      }
    }
  }

  @Test func theLargestNumbersFit() throws {
    for value in [0, 1, 127, 128, 16_383, 16_384, UInt64(UInt32.max), UInt64.max] as [UInt64] {
      let bytes = written { $0.varint(value) }
      #expect(try read(bytes) { try $0.varint64() } == value)
      if value <= UInt64(UInt32.max) { #expect(try read(bytes) { try $0.varint32() } == UInt32(value)) }
    }
    #expect(written { $0.varint(.max) }.count == 10)
    #expect(written { $0.varint(UInt64(UInt32.max)) }.count == 5)
  }

  @Test(
    arguments: [
      [0x80, 0x00],  // 0 in two bytes
      [0xFF, 0x80, 0x00],
      [UInt8](repeating: 0xFF, count: 9) + [0x02],  // 65 bits
      [UInt8](repeating: 0x80, count: 10) + [0x01],
      [UInt8](repeating: 0x80, count: 100),
      [0x80],
      [],
    ] as [[UInt8]])
  func malformedNumbersAreCorrupt(_ bytes: [UInt8]) {
    read(bytes) { reader in
      #expect(errorCode { () throws(IndexError) in _ = try reader.varint64() } == .corrupt)
      #expect(errorCode { () throws(IndexError) in _ = try reader.varint32() } == .corrupt)
      #expect(errorCode { () throws(IndexError) in _ = try reader.count(max: .max) } == .corrupt)
      #expect(reader.offset == 1000)
    }
  }

  @Test func numbersOf33BitsAreNoVarint32() {
    for bytes in [[0xFF, 0xFF, 0xFF, 0xFF, 0x10], [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]] as [[UInt8]] {
      read(bytes) { #expect(errorCodeOfVarint32(&$0) == .corrupt) }
    }
  }

  private func errorCodeOfVarint32(_ reader: inout ByteReader) -> IndexError.Code? {
    errorCode { () throws(IndexError) in _ = try reader.varint32() }
  }

  @Test func countsAreBoundedByWhatIsLeft() throws {
    let bytes = written { writer in
      writer.varint(10)
      writer.bytes([UInt8](repeating: 0, count: 20))
    }
    try read(bytes) { reader in
      #expect(errorCode { () throws(IndexError) in _ = try reader.count(max: 9) } == .corrupt)
      #expect(errorCode { () throws(IndexError) in _ = try reader.count(max: -1) } == .corrupt)
      #expect(errorCode { () throws(IndexError) in _ = try reader.count(max: 10, minimumElementSize: 3) } == .corrupt)
      #expect(reader.offset == 1000)
      let count = try reader.count(max: 10, minimumElementSize: 2)
      #expect(count == 10)
    }
    let huge = written { $0.varint(.max) }
    read(huge) { reader in
      #expect(errorCode { () throws(IndexError) in _ = try reader.count(max: .max) } == .corrupt)
      #expect(
        errorCode { () throws(IndexError) in _ = try reader.count(max: .max, minimumElementSize: 0) } == .corrupt)
    }
  }

  @Test func stringsAreCheckedAndBounded() throws {
    let bytes = written { $0.string("世界") }
    #expect(try read(bytes) { try $0.string(maximumLength: 6) } == "世界")
    read(bytes) { reader in
      #expect(errorCode { () throws(IndexError) in _ = try reader.string(maximumLength: 5) } == .corrupt)
    }
    for malformed in [[1, 0xFF], [2, 0xC0, 0x80], [3, 0xED, 0xA0, 0x80], [2, 0xE4, 0xB8], [3, 0x61]] as [[UInt8]] {
      read(malformed) { reader in
        #expect(errorCode { () throws(IndexError) in _ = try reader.string() } == .corrupt)
        #expect(reader.offset == 1000)
      }
    }
    #expect(try read([0]) { try $0.string() } == "")
  }

  @Test func negativeLengthsAreCorrupt() {
    read([1, 2, 3]) { reader in
      for length in [-1, Int.min, 4, Int.max] {
        #expect(errorCode { () throws(IndexError) in _ = unsafe try reader.bytes(length) } == .corrupt)
        #expect(errorCode { () throws(IndexError) in try reader.skip(length) } == .corrupt)
      }
      #expect(reader.remaining == 3)
    }
  }

  @Test func anEmptyRunHasNothing() {
    var reader = unsafe ByteReader(UnsafeRawBufferPointer(start: nil, count: 0), file: "f", baseOffset: 0, owner: nil)
    #expect(reader.isAtEnd)
    #expect(errorCode { () throws(IndexError) in _ = try reader.u8() } == .corrupt)
    #expect(errorCode { () throws(IndexError) in try reader.skip(0) } == nil)
  }

  @Test func theOwnerLivesAsLongAsTheReader() throws {
    var reader: ByteReader
    weak var weakFile: FileBytes?
    do {
      let file = FileBytes(name: "f", copying: [1, 2, 3])
      weakFile = file
      reader = unsafe ByteReader(file.bytes, file: "f", baseOffset: 0, owner: file)
    }
    #expect(weakFile != nil)
    #expect(try reader.u8() == 1)
    reader = unsafe ByteReader(UnsafeRawBufferPointer(start: nil, count: 0), file: "f", baseOffset: 0, owner: nil)
    #expect(weakFile == nil)
  }
}
