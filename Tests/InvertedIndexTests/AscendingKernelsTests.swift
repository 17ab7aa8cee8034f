// Blocks of ascending numbers by every kernel of this processor, against what was packed, and damaged.

import CKernels
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct AscendingKernelsTests {
  private static let kernels = Int32(0)...2

  /// 128 ascending numbers whose gaps are near each other, or now and then wide, not below a base.
  private func numbers(base: UInt32, _ generator: inout SeededGenerator) -> [UInt32] {
    let width = UInt32(1) << UInt32.random(in: 0...21, using: &generator)
    let isRagged = Bool.random(using: &generator)
    var next = base
    return (0..<128).map { _ in
      let isWide = isRagged && Int.random(in: 0..<12, using: &generator) == 0
      next += UInt32.random(in: 0..<(isRagged && !isWide ? 2 : width), using: &generator)
      defer { next += 1 }
      return next
    }
  }

  /// Such numbers above a base of any size, and how far they reach.
  private func block(_ generator: inout SeededGenerator) -> (base: UInt32, span: UInt32, numbers: [UInt32]) {
    let base = UInt32.random(in: 0..<1_000_000, using: &generator)
    let numbers = numbers(base: base, &generator)
    return (base, numbers[127] - base, numbers)
  }

  /// A block as it is packed, with room behind it that is read and ignored.
  private func packed(_ numbers: [UInt32], base: UInt32) -> [UInt8] {
    let span = numbers[127] - base
    let length = AscendingCodec.length(span: span)
    var bytes = [UInt8](repeating: 0xA5, count: length + 8)
    var scratch = [UInt32](repeating: 0, count: 128)
    numbers.withUnsafeBufferPointer { numbers in
      bytes.withUnsafeMutableBufferPointer { bytes in
        scratch.withUnsafeMutableBufferPointer { scratch in
          guard let from = numbers.baseAddress, let to = bytes.baseAddress, let room = scratch.baseAddress else {
            return
          }
          AscendingCodec.pack(from, base: base, span: span, into: to, scratch: room)
        }
      }
    }
    #expect(bytes[length...].allSatisfy { $0 == 0xA5 })
    return bytes
  }

  /// What a kernel makes of a block; nil where it says that it is none. Nothing is written behind 128 numbers.
  private func unpacked(_ bytes: [UInt8], base: UInt32, span: UInt32, by kernel: Int32) -> [UInt32]? {
    var values = [UInt32](repeating: 7, count: 129)
    let isRight = bytes.withUnsafeBufferPointer { bytes -> Bool in
      guard let from = bytes.baseAddress else { return false }
      let words = AscendingCodec.words(span: span)
      if words > 0 { return ckernels_expand_bits_by(kernel, from, Int32(words), base, &values) == 128 }
      let lows = BlockCodec.packedLength(bits: AscendingCodec.low(span: span))
      return ckernels_elias_fano_unpack_by(kernel, from, from + lows, base, span, &values) != 0
    }
    #expect(values[128] == 7)
    return isRight ? Array(values[..<128]) : nil
  }

  @Test(arguments: 0..<400 as Range<UInt64>) func everyKernelGivesBackWhatWasPacked(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (base, span, numbers) = block(&generator)
    let bytes = packed(numbers, base: base)
    for kernel in Self.kernels {
      #expect(unpacked(bytes, base: base, span: span, by: kernel) == numbers, "seed \(seed), kernel \(kernel)")
    }
  }

  /// Whatever the bytes are, all kernels agree, and what they give ascends within its bounds.
  @Test(arguments: 0..<400 as Range<UInt64>) func damageIsSeenOrGivesAscendingNumbers(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (base, span, numbers) = block(&generator)
    let whole = packed(numbers, base: base)
    for _ in 0..<20 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count - 8, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
      }
      let results = Self.kernels.map { unpacked(bytes, base: base, span: span, by: $0) }
      #expect(results.allSatisfy { $0 == results[0] }, "seed \(seed)")
      guard let found = results[0] else { continue }
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
      #expect(found[0] >= base && (span < AscendingCodec.bitSetSpan || found[127] == numbers[127]), "seed \(seed)")
    }
  }

  /// A set of another size writes nothing.
  @Test func aSetOfMoreBitsIsNone() {
    for kernel in Self.kernels {
      for words in [3, 16] {
        var bytes = [UInt8](repeating: 0, count: 8 * words)
        for bit in 0..<129 { bytes[bit >> 3] |= 1 << UInt8(bit & 7) }
        var values = [UInt32](repeating: 7, count: 128)
        #expect(ckernels_expand_bits_by(kernel, bytes, Int32(words), 5, &values) == 129)
        #expect(values.allSatisfy { $0 == 7 })
      }
    }
  }

  /// The first of them at the base, the last as far as a segment goes.
  @Test func theWidestSpanComesBack() {
    var numbers = (0..<128 as Range<UInt32>).map { $0 }
    numbers[127] = UInt32(Int32.max) - 1
    let bytes = packed(numbers, base: 0)
    for kernel in Self.kernels {
      #expect(unpacked(bytes, base: 0, span: numbers[127], by: kernel) == numbers, "kernel \(kernel)")
    }
  }
}
