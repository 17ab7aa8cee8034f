// Putting bytes together.

import Storage
import Testing

@Suite struct ByteWriterTests {
  @Test func bytesAreReplacedInPlace() {
    let bytes = written { writer in
      for value in 0..<300 { writer.u8(UInt8(truncatingIfNeeded: value)) }
      writer.patchU32(at: 0, 0x0403_0201)
      writer.patchU32(at: 296, 0xDDCC_BBAA)
    }
    #expect(bytes[..<6] == [1, 2, 3, 4, 4, 5])
    #expect(bytes[295...] == [39, 0xAA, 0xBB, 0xCC, 0xDD])
  }

  @Test(arguments: [true, false])
  func anEmptiedWriterStartsAnew(_ keepingCapacity: Bool) {
    let bytes = written { writer in
      writer.bytes([UInt8](repeating: 7, count: 100_000))
      writer.removeAll(keepingCapacity: keepingCapacity)
      #expect(writer.count == 0)
      writer.string("abc")
    }
    #expect(bytes == [3, 97, 98, 99])
  }

  @Test func replacingWhatWasNotWrittenTraps() async {
    await #expect(processExitsWith: .failure) {
      var writer = ByteWriter()
      writer.u16(1)
      writer.patchU32(at: 0, 1)
    }
  }
}
