// Blocks of 128 integers, streams of any number of integers, and patches: the front of the packing kernels.

internal import CKernels

/// Packs and unpacks blocks of ``count`` unsigned integers, and streams. The layouts are described in
/// `ckernels_blocks.h` and in `Format.md`.
///
/// Invariants that callers keep: pointers to values have room for as many as are packed or unpacked, pointers to packed
/// bytes for ``packedLength(bits:)`` or ``streamLength(count:bits:)`` bytes, and `bits` is in 0...32. Unpacking a stream
/// may read up to 8 bytes behind it, which every file of an index has: its table of checksums and its footer.
enum BlockCodec {
  /// Integers in a block.
  static let count = 128

  /// The bytes a block takes.
  @inline(__always)
  static func packedLength(bits: Int) -> Int { 16 * bits }

  /// The bytes a stream takes.
  @inline(__always)
  static func streamLength(count: Int, bits: Int) -> Int { (count * bits + 7) / 8 }

  /// The bits that a value needs.
  @inline(__always)
  static func width(_ value: UInt32) -> Int { 32 - value.leadingZeroBitCount }

  /// The bits that the largest of `count` values needs.
  static func width(_ values: UnsafePointer<UInt32>, _ count: Int) -> Int {
    var all: UInt32 = 0
    for i in 0..<count { all |= unsafe values[i] }
    return width(all)
  }

  // MARK: Blocks

  @inline(__always)
  static func pack(_ values: UnsafePointer<UInt32>, bits: Int, into packed: UnsafeMutablePointer<UInt8>) {
    unsafe ckernels_pack128(values, Int32(truncatingIfNeeded: bits), packed)
  }

  @inline(__always)
  static func unpack(_ packed: UnsafePointer<UInt8>, bits: Int, into values: UnsafeMutablePointer<UInt32>) {
    unsafe ckernels_unpack128(packed, Int32(truncatingIfNeeded: bits), values)
  }

  /// One value of a block.
  @inline(__always)
  static func value(_ packed: UnsafePointer<UInt8>, bits: Int, at index: Int) -> UInt32 {
    unsafe ckernels_value128(packed, Int32(truncatingIfNeeded: bits), Int32(truncatingIfNeeded: index))
  }

  // MARK: Streams

  /// Packs a stream behind the first `bit` bits of `bytes`; what lies there is zero.
  static func packStream(
    _ values: UnsafePointer<UInt32>, count: Int, bits: Int, into bytes: UnsafeMutablePointer<UInt8>, atBit bit: Int = 0
  ) {
    unsafe ckernels_pack_stream(values, count, Int32(truncatingIfNeeded: bits), bytes, bit)
  }

  /// Unpacks `count` values of a stream from bit `bit` on.
  @inline(__always)
  static func unpackStream(
    _ bytes: UnsafePointer<UInt8>, atBit bit: Int, bits: Int, count: Int, into values: UnsafeMutablePointer<UInt32>
  ) {
    unsafe ckernels_unpack_stream(bytes, bit, Int32(truncatingIfNeeded: bits), count, values)
  }

  // MARK: Patches

  /// The width that makes a block or stream smallest when larger values keep their low bits in it and their high bits in
  /// patches of `patchBytes` bytes, at most `maximumPatches` of them, none with more than `highBits` bits.
  ///
  /// "Zukowski et al., Super-Scalar RAM-CPU Cache Compression" (2006) has the idea of patching.
  static func patchedWidth(
    _ values: UnsafePointer<UInt32>, count: Int, patchBytes: Int, maximumPatches: Int, highBits: Int
  ) -> (bits: Int, patches: Int) {
    var histogram = InlineArray<33, Int32>(repeating: 0)
    var largest = 0
    for i in 0..<count {
      let width = unsafe width(values[i])
      histogram[width] += 1
      if width > largest { largest = width }
    }
    var best = (bits: largest, patches: 0)
    var bestCost = count * largest
    var patches = 0
    var bits = largest
    while bits > 0 {
      patches += Int(histogram[bits])
      bits -= 1
      if patches > maximumPatches || largest - bits > highBits { break }
      let cost = count * bits + 8 * patchBytes * patches
      if cost < bestCost {
        bestCost = cost
        best = (bits, patches)
      }
    }
    return best
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
