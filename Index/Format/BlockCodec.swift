// Blocks of 128 integers packed by bit width: the front of the SIMD kernels and a plain reference.

internal import CKernels

/// Packs and unpacks blocks of ``count`` unsigned integers. The layout is described in
/// `ckernels_blocks.h` and in `Format.md`.
///
/// Invariants that callers keep: pointers to values have room for ``count`` of them, pointers to packed
/// bytes for ``packedLength(bits:)`` bytes, and `bits` is in 0...32.
enum BlockCodec {
  /// Integers in a block.
  static let count = 128

  /// The bytes a block takes.
  @inline(__always)
  static func packedLength(bits: Int) -> Int { 16 * bits }

  /// The bits that the largest of `count` values needs.
  static func width(_ values: UnsafePointer<UInt32>, _ count: Int) -> Int {
    var all: UInt32 = 0
    for i in 0..<count { all |= unsafe values[i] }
    return 32 - all.leadingZeroBitCount
  }

  @inline(__always)
  static func pack(_ values: UnsafePointer<UInt32>, bits: Int, into packed: UnsafeMutablePointer<UInt8>) {
    unsafe ckernels_pack128(values, Int32(truncatingIfNeeded: bits), packed)
  }

  @inline(__always)
  static func unpack(_ packed: UnsafePointer<UInt8>, bits: Int, into values: UnsafeMutablePointer<UInt32>) {
    unsafe ckernels_unpack128(packed, Int32(truncatingIfNeeded: bits), values)
  }

  /// Unpacks gaps into strictly ascending values: each is the one before plus the gap plus one.
  @inline(__always)
  static func unpackAscending(
    _ packed: UnsafePointer<UInt8>, bits: Int, previous: UInt32, into values: UnsafeMutablePointer<UInt32>
  ) {
    unsafe ckernels_unpack128_ascending(packed, Int32(truncatingIfNeeded: bits), previous, values)
  }

  /// The same as ``unpack(_:bits:into:)`` in plain Swift, for tests and as the definition of the layout.
  static func unpackReference(_ packed: [UInt8], bits: Int) -> [UInt32] {
    (0..<count).map { index in
      let lane = index % 4
      let row = index / 4
      var value: UInt32 = 0
      for bit in 0..<bits {
        let position = row * bits + bit
        let byte = 16 * (position / 32) + 4 * lane + position % 32 / 8
        if packed[byte] & (1 << UInt8(position % 8)) != 0 { value |= 1 << UInt32(bit) }
      }
      return value
    }
  }
}
