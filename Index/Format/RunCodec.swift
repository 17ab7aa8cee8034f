// Runs of any number of integers in Rice codes: the front of their kernels.

internal import CKernels

/// Packs and unpacks runs of unsigned integers, of which any can be read without its neighbours. The layout is described in
/// `ckernels_runs.h` and in `Format.md`. Each value takes a bit or more, so a run's bytes bound what it can have.
///
/// Invariants that callers keep: pointers to values have room for as many as are packed or unpacked, pointers to packed
/// bytes for ``length(_:count:low:)`` bytes. Unpacking may read up to 8 bytes behind a run, which every
/// file of an index has: its table of checksums and its footer.
enum RunCodec {
  /// The most low bits of a value.
  static let maximumLow = 31

  /// The number of low bits that makes a run smallest.
  static func low(_ values: UnsafePointer<UInt32>, count: Int) -> Int {
    var sum: UInt64 = 0
    for place in 0..<count { sum &+= unsafe UInt64(values[place]) }
    // Of geometrically distributed values the best is near the logarithm of their mean; the cost has one minimum.
    var low = min(maximumLow, max(0, 63 - (sum / UInt64(max(1, count))).leadingZeroBitCount))
    var bits = unsafe ckernels_run_bits(values, count, Int32(low))
    while low > 0 {
      let fewer = unsafe ckernels_run_bits(values, count, Int32(low - 1))
      if fewer > bits { break }
      bits = fewer
      low -= 1
    }
    while low < maximumLow {
      let more = unsafe ckernels_run_bits(values, count, Int32(low + 1))
      if more >= bits { break }
      bits = more
      low += 1
    }
    return low
  }

  /// The bytes of a run.
  static func length(_ values: UnsafePointer<UInt32>, count: Int, low: Int) -> Int {
    unsafe Int((ckernels_run_bits(values, count, Int32(low)) + 7) / 8)
  }

  /// Packs a run into zeros.
  static func pack(
    _ values: UnsafePointer<UInt32>, count: Int, low: Int, into bytes: UnsafeMutablePointer<UInt8>
  ) {
    unsafe ckernels_pack_run(values, count, Int32(low), bytes)
  }

  /// Unpacks `count` values from number `first` on, of a run of `total`. False where the bytes are no such run: too few
  /// for it, or, which is seen when the last value is unpacked, more than it takes. Takes time linear in `first`, by 64 bits
  /// at a time, and in `count`.
  @inline(__always)
  static func unpack(
    _ bytes: UnsafePointer<UInt8>, length: Int, total: Int, low: Int, from first: Int, count: Int,
    into values: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    guard isPossible(length: length, total: total, low: low), first >= 0, count >= 0, count <= total - first else {
      return false
    }
    return unsafe ckernels_unpack_run(bytes, length, total, Int32(truncatingIfNeeded: low), first, count, values) != 0
  }

  /// Whether so many bytes may be a run of `total` values.
  @inline(__always)
  static func isPossible(length: Int, total: Int, low: Int) -> Bool {
    low >= 0 && low <= maximumLow && total * (low + 1) <= 8 * length
  }
}
