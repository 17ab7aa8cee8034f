// Packed blocks of integers: what every posting list is made of.

import QuerySets

@testable import InvertedIndex

/// Packing and unpacking, for each width, and for each kind of block of documents.
enum BlockPaths {
  private static let blocks = 64
  private static let rounds = 64

  static func all() -> [HotPath] {
    let decoding = (1...32).map { bits in
      let packed = PackedBlocks(bits: bits, count: blocks)
      return HotPath("block decoding, \(bits) bits") { packed.unpack(rounds: rounds) }
    }
    let sets = (2...10).map { words in
      let ascending = AscendingBlocks(span: UInt32(64 * words - 1), count: blocks)
      return HotPath("block decoding of documents, bits in \(words) words") { ascending.unpack(rounds: rounds) }
    }
    let codes = (2...22).map { low in
      let ascending = AscendingBlocks(span: 200 << UInt32(low), count: blocks)
      return HotPath("block decoding of documents, \(low) low bits") { ascending.unpack(rounds: rounds) }
    }
    let runs = [1, 2, 8].map { count in
      let run = PackedRun(values: 180)
      return HotPath("run decoding, \(count) of 180") { run.unpack(rounds: rounds, count: count) }
    }
    let streams = [2, 4, 7, 11, 16].map { bits in
      let packed = PackedBlocks(bits: bits, count: blocks)
      return HotPath("stream decoding, \(bits) bits") { packed.unpackStream(rounds: rounds) }
    }
    let encoding = [8, 16].map { bits in
      let packed = PackedBlocks(bits: bits, count: blocks)
      return HotPath("block encoding, \(bits) bits") { packed.pack(rounds: rounds) }
    }
    return decoding + sets + codes + runs + streams + encoding
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

/// Blocks of ascending random numbers with one span, and room for one block unpacked. Freed with the process.
private struct AscendingBlocks {
  private let span: UInt32
  private let count: Int
  private let packed: UnsafeMutablePointer<UInt8>
  private let unpacked: UnsafeMutablePointer<UInt32>

  init(span: UInt32, count: Int) {
    self.span = span
    self.count = count
    let length = AscendingCodec.length(span: span)
    packed = .allocate(capacity: count * length + 64)
    unpacked = .allocate(capacity: 2 * BlockCodec.count)
    unpacked.initialize(repeating: 0, count: 2 * BlockCodec.count)
    var random = SeededRandom(seed: UInt64(span))
    for block in 0..<count {
      var numbers: Set<UInt32> = [span]
      while numbers.count < BlockCodec.count { numbers.insert(UInt32(random.next() % UInt64(span))) }
      for (place, number) in numbers.sorted().enumerated() { unpacked[place] = number }
      AscendingCodec.pack(
        unpacked, base: 0, span: span, into: packed + block * length, scratch: unpacked + BlockCodec.count)
    }
  }

  func unpack(rounds: Int) -> Int {
    let length = AscendingCodec.length(span: span)
    var sum = 0
    for _ in 0..<rounds {
      for block in 0..<count {
        sum += AscendingCodec.unpack(packed + block * length, base: 0, span: span, into: unpacked) ? 1 : 0
      }
    }
    return sum
  }
}

/// A run of position deltas as texts of some hundred words have them. Freed with the process.
private struct PackedRun {
  private let total: Int
  private let low: Int
  private let length: Int
  private let packed: UnsafeMutablePointer<UInt8>
  private let unpacked: UnsafeMutablePointer<UInt32>

  init(values total: Int) {
    self.total = total
    unpacked = .allocate(capacity: total)
    var random = SeededRandom(seed: UInt64(total))
    for place in 0..<total { (unpacked + place).initialize(to: UInt32(random.next() % 100)) }
    low = RunCodec.low(unpacked, count: total)
    length = RunCodec.length(unpacked, count: total, low: low)
    packed = .allocate(capacity: length + 16)
    packed.initialize(repeating: 0, count: length + 16)
    RunCodec.pack(unpacked, count: total, low: low, into: packed)
  }

  /// Unpacks `count` values from each of 64 places on.
  func unpack(rounds: Int, count: Int) -> Int {
    var sum: UInt32 = 0
    for _ in 0..<rounds {
      for part in 0..<64 {
        let first = part * (total - count) / 63
        if RunCodec.unpack(
          packed, length: length, total: total, low: low, from: first, count: count, into: unpacked)
        {
          sum &+= unpacked[0]
        }
      }
    }
    return Int(sum)
  }
}
