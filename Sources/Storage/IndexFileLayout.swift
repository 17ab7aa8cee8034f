// The fixed parts of every file of an index; the grammar is in `IndexFileWriter.swift`.

/// Lengths and marks.
enum IndexFileLayout {
  /// "LOQUATIX", read as a little-endian number.
  static let magic: UInt64 = 0x5849_5441_5551_4F4C
  /// "LOQUATND".
  static let endMagic: UInt64 = 0x444E_5441_5551_4F4C
  static let headerLength = 64
  static let footerLength = 32
  /// 16 KiB: four pages of memory and a checksum of 4 bytes; small enough that looking up one thing does not check
  /// much more than it reads.
  static let pageShift = 14
  static let pageLength = 1 << pageShift

  /// How many pages header and payload take.
  static func pageCount(payload: Int) -> Int { (headerLength + payload + pageLength - 1) >> pageShift }
}
