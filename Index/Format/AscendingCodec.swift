// Blocks of 128 ascending numbers, as sets of bits or in Elias-Fano codes: the front of their kernels.

internal import CKernels

/// Packs and unpacks blocks of ``BlockCodec/count`` strictly ascending numbers, all at least a base, the highest of them the
/// base and the span, which both sides know. The layouts are described in `ckernels_ascending.h` and in `Format.md`.
///
/// Invariants that callers keep: pointers to values have room for a block, pointers to packed bytes for ``length(span:)``
/// bytes, or for 8 times as many as there are words. `span` is below 2^31. Unpacking may read up to 8 bytes behind a block,
/// which every file of an index has: its table of checksums and its footer.
enum AscendingCodec {
  /// Blocks with a lower span are sets of bits. In a set of some words more than codes would take numbers are still found,
  /// and marked, without being unpacked.
  static let bitSetSpan: UInt32 = 640

  /// The 64-bit words of a set of bits; 0 for codes.
  @inline(__always)
  static func words(span: UInt32) -> Int { span < bitSetSpan ? Int(span / 64) + 1 : 0 }

  /// The low bits of each number in codes.
  @inline(__always)
  static func low(span: UInt32) -> Int { Int(ckernels_elias_fano_low(span)) }

  /// The bytes of a block.
  @inline(__always)
  static func length(span: UInt32) -> Int {
    span < bitSetSpan
      ? 8 * words(span: span)
      : BlockCodec.packedLength(bits: low(span: span)) + Int(ckernels_elias_fano_high_bytes(span))
  }

  /// Packs a block. `scratch` has room for one.
  static func pack(
    _ values: UnsafePointer<UInt32>, base: UInt32, span: UInt32, into bytes: UnsafeMutablePointer<UInt8>,
    scratch: UnsafeMutablePointer<UInt32>
  ) {
    if span < bitSetSpan {
      unsafe bytes.update(repeating: 0, count: length(span: span))
      for place in 0..<BlockCodec.count {
        let bit = unsafe Int(values[place] &- base)
        unsafe bytes[bit >> 3] |= 1 << UInt8(bit & 7)
      }
      return
    }
    let low = low(span: span)
    let mask = (UInt32(1) << UInt32(low)) &- 1
    for place in 0..<BlockCodec.count { unsafe scratch[place] = (values[place] &- base) & mask }
    unsafe BlockCodec.pack(scratch, bits: low, into: bytes)
    unsafe ckernels_elias_fano_pack_high(values, base, span, bytes + BlockCodec.packedLength(bits: low))
  }

  /// Unpacks a block. False where the bytes are not one that ends with base + span.
  @inline(__always)
  static func unpack(
    _ bytes: UnsafePointer<UInt8>, base: UInt32, span: UInt32, into values: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    if span < bitSetSpan {
      let words = words(span: span)
      return unsafe ckernels_expand_bits(bytes, Int32(truncatingIfNeeded: words), base, values)
        == Int32(BlockCodec.count) && values[BlockCodec.count - 1] == base &+ span
    }
    let highs = unsafe bytes + BlockCodec.packedLength(bits: low(span: span))
    return unsafe ckernels_elias_fano_unpack(bytes, highs, base, span, values) != 0
  }

  /// Whether a set of bits has a block's numbers, the highest of which is base + span.
  @inline(__always)
  static func isBitSet(_ bytes: UnsafePointer<UInt8>, span: UInt32) -> Bool {
    unsafe ckernels_is_bit_set(bytes, Int32(truncatingIfNeeded: words(span: span)), span) != 0
  }
}
