// Packed blocks of integers: what every posting list is made of.

import QuerySets

@testable import InvertedIndex

/// Packing and unpacking, for each width.
enum BlockPaths {
  private static let blocks = 64
  private static let rounds = 64

  static func all() -> [HotPath] {
    let decoding = (1...32).flatMap { bits in
      let packed = PackedBlocks(bits: bits, count: blocks)
      return [
        HotPath("block decoding, \(bits) bits") { packed.unpack(rounds: rounds) },
        HotPath("block decoding to ascending, \(bits) bits") { packed.unpackAscending(rounds: rounds) },
      ]
    }
    let streams = [2, 4, 7, 11, 16].map { bits in
      let packed = PackedBlocks(bits: bits, count: blocks)
      return HotPath("stream decoding, \(bits) bits") { packed.unpackStream(rounds: rounds) }
    }
    let encoding = [8, 16].map { bits in
      let packed = PackedBlocks(bits: bits, count: blocks)
      return HotPath("block encoding, \(bits) bits") { packed.pack(rounds: rounds) }
    }
    return decoding + streams + encoding
  }
}

/// Blocks of random values of one width, and room for one block unpacked. Freed with the process.
private struct PackedBlocks {
  private let bits: Int
  private let count: Int
  private let packed: UnsafeMutablePointer<UInt8>
  private let values: UnsafeMutablePointer<UInt32>
  private let unpacked: UnsafeMutablePointer<UInt32>

  init(bits: Int, count: Int) {
    self.bits = bits
    self.count = count
    packed = .allocate(capacity: count * BlockCodec.packedLength(bits: bits) + 64)
    values = .allocate(capacity: BlockCodec.count)
    unpacked = .allocate(capacity: BlockCodec.count)
    unpacked.initialize(repeating: 0, count: BlockCodec.count)
    var random = SeededRandom(seed: UInt64(bits))
    let mask = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(bits)) - 1)
    for block in 0..<count {
      for place in 0..<BlockCodec.count {
        (values + place).initialize(to: UInt32(truncatingIfNeeded: random.next()) & mask)
      }
      BlockCodec.pack(values, bits: bits, into: packed + block * BlockCodec.packedLength(bits: bits))
    }
  }

  func unpack(rounds: Int) -> Int {
    forEachBlock(rounds) { BlockCodec.unpack($0, bits: bits, into: unpacked) }
  }

  func unpackAscending(rounds: Int) -> Int {
    forEachBlock(rounds) { BlockCodec.unpackAscending($0, bits: bits, previous: 7, into: unpacked) }
  }

  /// The same bytes read as a stream: other values, the same work.
  func unpackStream(rounds: Int) -> Int {
    forEachBlock(rounds) {
      BlockCodec.unpackStream($0, atBit: 0, bits: bits, count: BlockCodec.count, into: unpacked)
    }
  }

  func pack(rounds: Int) -> Int {
    forEachBlock(rounds) { BlockCodec.pack(values, bits: bits, into: $0) }
  }

  @inline(__always)
  private func forEachBlock(_ rounds: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) -> Int {
    let length = BlockCodec.packedLength(bits: bits)
    var sum: UInt32 = 0
    for _ in 0..<rounds {
      for block in 0..<count {
        body(packed + block * length)
        sum &+= unpacked[block]
      }
    }
    return Int(sum)
  }
}
