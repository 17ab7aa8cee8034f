// The checksum against published values and against its own other implementation.

import TestSupport
import Testing

@testable import Storage

@Suite struct CRC32CTests {
  private func both(_ bytes: ArraySlice<UInt8>, seed: UInt32 = 0) -> (UInt32, UInt32) {
    unsafe bytes.withUnsafeBytes {
      unsafe (CRC32C.checksum($0, seed: seed), CRC32C.checksumByTables($0, seed: seed))
    }
  }

  /// RFC 3720, appendix B.4, and the check value of the catalogues.
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
      (Array(0..<32), 0x46DD_794E),
      (Array((0..<32).reversed()), 0x113F_DB5C),
      (Array("123456789".utf8), 0xE306_9283),
      ([], 0),
    ] as [([UInt8], UInt32)])
  func publishedValues(_ bytes: [UInt8], _ checksum: UInt32) {
    #expect(both(bytes[...]) == (checksum, checksum))
  }

  @Test func instructionsAndTablesAgreeForEveryLengthAndAlignment() {
    let bytes = randomBytes(40_000, seed: 11)
    for length in Array(0...1300) + [3071, 3072, 3073, 3455, 3456, 6144, 16_383, 16_384, 16_385, 39_990] {
      let start = length % 9
      let (fast, slow) = both(bytes[start..<start + length], seed: UInt32(truncatingIfNeeded: length &* 0x9E37_79B9))
      #expect(fast == slow, "length \(length)")
    }
  }

  @Test func aChecksumIsContinuedByItsSeed() {
    let bytes = randomBytes(10_000, seed: 12)
    let whole = both(bytes[...])
    for cut in [0, 1, 7, 383, 384, 4000, 9999, 10_000] {
      let first = both(bytes[..<cut])
      #expect(both(bytes[cut...], seed: first.0) == whole)
    }
  }
}
