// Runs in Rice codes: whole, from any value on, and damaged.

import CKernels
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct RunCodecTests {
  /// Some values, most of them small.
  private func values(_ generator: inout SeededGenerator) -> [UInt32] {
    let width = UInt32(1) << UInt32.random(in: 0...12, using: &generator)
    let isRagged = Bool.random(using: &generator)
    return (0..<Int.random(in: 1...700, using: &generator)).map { _ in
      let isWide = isRagged && Int.random(in: 0..<40, using: &generator) == 0
      return UInt32.random(in: 0..<(isWide ? 1 << 30 : width), using: &generator)
    }
  }

  private func packed(_ values: [UInt32]) -> (low: Int, bytes: [UInt8]) {
    values.withUnsafeBufferPointer { values in
      guard let from = values.baseAddress else { return (0, []) }
      let low = RunCodec.low(from, count: values.count)
      let length = RunCodec.length(from, count: values.count, low: low)
      // A byte more shows that nothing is written behind the run.
      var bytes = [UInt8](repeating: 0, count: length + 1)
      bytes.withUnsafeMutableBufferPointer { bytes in
        if let to = bytes.baseAddress { RunCodec.pack(from, count: values.count, low: low, into: to) }
      }
      #expect(bytes[length...].allSatisfy { $0 == 0 })
      // No other number of low bits takes fewer bytes.
      for other in 0...RunCodec.maximumLow where abs(other - low) <= 2 {
        #expect(RunCodec.length(from, count: values.count, low: other) >= length)
      }
      return (low, Array(bytes[..<length]))
    }
  }

  private typealias Kernel = (
    UnsafePointer<UInt8>?, Int, Int, Int32, Int, Int, UnsafeMutablePointer<UInt32>?
  ) -> Int32

  private func unpacked(
    _ bytes: [UInt8], total: Int, low: Int, from first: Int, count: Int, by kernel: Kernel
  ) -> [UInt32]? {
    var values = [UInt32](repeating: 7, count: count + 1)
    let padded = bytes + [UInt8](repeating: 0xFF, count: 8)
    let isRight = kernel(padded, bytes.count, total, Int32(low), first, count, &values) != 0
    #expect(values[count] == 7)
    return isRight ? Array(values[..<count]) : nil
  }

  @Test(arguments: 0..<300 as Range<UInt64>) func anyPartComesBack(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = values(&generator)
    let (low, bytes) = packed(values)
    for kernel in [ckernels_unpack_run, ckernels_unpack_run_plain] as [Kernel] {
      #expect(unpacked(bytes, total: values.count, low: low, from: 0, count: values.count, by: kernel) == values)
      for _ in 0..<20 {
        let first = Int.random(in: 0..<values.count, using: &generator)
        let count = Int.random(in: 0...values.count - first, using: &generator)
        #expect(
          unpacked(bytes, total: values.count, low: low, from: first, count: count, by: kernel)
            == Array(values[first..<first + count]), "seed \(seed), \(count) from \(first) on")
      }
    }
  }

  /// Whatever the bytes are, both kernels agree and neither reads or writes where it may not; the last value of a run that
  /// is too long, or too short, is not given.
  @Test(arguments: 0..<300 as Range<UInt64>) func damageIsSeenOrGivesValues(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = values(&generator)
    let (low, whole) = packed(values)
    for _ in 0..<20 {
      var bytes = whole
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
      case 1: bytes.removeLast(Int.random(in: 0...bytes.count / 2, using: &generator))
      default: bytes.append(UInt8.random(in: 0...255, using: &generator))
      }
      guard RunCodec.isPossible(length: bytes.count, total: values.count, low: low) else { continue }
      let first = Int.random(in: 0..<values.count, using: &generator)
      let results = ([ckernels_unpack_run, ckernels_unpack_run_plain] as [Kernel]).map {
        unpacked(bytes, total: values.count, low: low, from: first, count: values.count - first, by: $0)
      }
      #expect(results[0] == results[1], "seed \(seed)")
      if bytes.count != whole.count { #expect(results[0] == nil, "seed \(seed)") }
    }
  }

  @Test func moreValuesThanBitsAreImpossible() {
    #expect(RunCodec.isPossible(length: 10, total: 80, low: 0))
    #expect(!RunCodec.isPossible(length: 10, total: 81, low: 0))
    #expect(!RunCodec.isPossible(length: 10, total: 41, low: 1))
    #expect(!RunCodec.isPossible(length: 1_000, total: 1, low: 32))
  }
}
