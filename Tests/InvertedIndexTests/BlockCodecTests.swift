// Packed blocks against the plain definition of their layout.

import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct BlockCodecTests {
  /// Values that need exactly `bits` bits, one of them the highest.
  private func values(_ bits: Int, seed: UInt64) -> [UInt32] {
    var generator = SeededGenerator(seed: seed)
    let highest = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(bits)) - 1)
    var values = (0..<BlockCodec.count).map { _ in UInt32.random(in: 0...highest, using: &generator) }
    values[Int.random(in: 0..<BlockCodec.count, using: &generator)] = highest
    return values
  }

  @Test(arguments: 0...32) func everyWidthComesBack(bits: Int) {
    for seed in UInt64(0)..<20 {
      let values = values(bits, seed: seed)
      // A byte more shows that nothing is written behind the block.
      var packed = [UInt8](repeating: 0xA5, count: BlockCodec.packedLength(bits: bits) + 1)
      var unpacked = [UInt32](repeating: 7, count: BlockCodec.count)
      values.withUnsafeBufferPointer { values in
        packed.withUnsafeMutableBufferPointer { packed in
          guard let from = values.baseAddress, let to = packed.baseAddress else { return }
          #expect(BlockCodec.width(from, BlockCodec.count) == bits)
          BlockCodec.pack(from, bits: bits, into: to)
        }
      }
      packed.withUnsafeBufferPointer { packed in
        unpacked.withUnsafeMutableBufferPointer { unpacked in
          guard let from = packed.baseAddress, let to = unpacked.baseAddress else { return }
          BlockCodec.unpack(from, bits: bits, into: to)
        }
      }
      #expect(unpacked == values, "seed \(seed)")
      #expect(BlockCodec.unpackReference(packed, bits: bits) == values, "seed \(seed)")
      #expect(packed.last == 0xA5)
    }
  }
}
