// The checksum of files.

internal import CKernels

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4). In a page of 16 KiB it finds every burst of up to 32 bits and every
/// change of up to three bits (Koopman, "32-bit cyclic redundancy codes for Internet applications", 2002).
public enum CRC32C {
  /// The checksum of `bytes` behind bytes whose checksum is `seed`: `checksum(a + b)` is
  /// `checksum(b, seed: checksum(a))`. O(n).
  public static func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt32 = 0) -> UInt32 {
    guard let base = bytes.baseAddress else { return seed }
    return unsafe ckernels_crc32c(seed, base, bytes.count)
  }

  /// The same by tables, as on processors without instructions for it.
  package static func checksumByTables(_ bytes: UnsafeRawBufferPointer, seed: UInt32 = 0) -> UInt32 {
    guard let base = bytes.baseAddress else { return seed }
    return unsafe ckernels_crc32c_by_tables(seed, base, bytes.count)
  }

  /// Whether the processor's instructions are used.
  package static var isAccelerated: Bool { ckernels_crc32c_is_accelerated() != 0 }
}
