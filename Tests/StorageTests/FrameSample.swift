// Files of an index for tests, whole and damaged.

import TestSupport

@testable import Storage

/// Makes and reads files with a frame, all with the same kind, version and token.
enum FrameSample {
  static let kind = FileKind("test")
  static let token = SegmentToken(bytes: (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210))

  static func write(
    _ payload: [UInt8], to directory: any Storage.Directory, _ name: String = "file", kind: FileKind = kind,
    version: UInt16 = 3, segment: SegmentToken = token
  ) throws(IndexError) -> IndexFileSummary {
    let file = try IndexFileWriter(directory: directory, name: name, kind: kind, version: version, segment: segment)
    try file.write(payload)
    return try file.finish()
  }

  /// The bytes of a file with this payload.
  static func encoded(_ payload: [UInt8], kind: FileKind = kind, segment: SegmentToken = token) throws -> [UInt8] {
    let directory = MemoryDirectory()
    _ = try write(payload, to: directory, kind: kind, segment: segment)
    return try directory.read("file")
  }

  static func open(_ directory: any Storage.Directory, _ name: String = "file") throws(IndexError) -> IndexFile {
    try IndexFile(directory: directory, name: name, kind: kind, supportedVersions: 2...4, segment: token)
  }

  /// Opens a file with these bytes and reads everything.
  static func contents(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = try open(try MemoryDirectory(files: ["file": bytes]))
    return unsafe Array(try file.bytes(0..<file.count))
  }

  /// What opening and reading says of bytes.
  static func failure(_ bytes: [UInt8]) throws -> IndexError? {
    do {
      _ = try contents(bytes)
      return nil
    } catch let error as IndexError {
      return error
    }
  }

  static func replaced(_ bytes: [UInt8], at offset: Int, with new: [UInt8]) -> [UInt8] {
    Array(bytes[..<offset]) + new + Array(bytes[(offset + new.count)...])
  }

  /// The bytes with all checksums made right again, as a hostile file would have them.
  static func resealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    func seal(_ range: Range<Int>, at offset: Int) {
      let checksum = unsafe bytes[range].withUnsafeBytes { unsafe CRC32C.checksum($0) }
      for place in 0..<4 { bytes[offset + place] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * place)) }
    }
    let footer = bytes.count - 32
    seal(0..<60, at: 60)
    bytes.replaceSubrange(footer + 16..<footer + 20, with: bytes[60..<64])
    let pages = (footer + 16_387) / 16_388
    for page in stride(from: 0, to: min(pages, (footer - 64) / 4), by: 1) where footer - 4 * (pages - page) >= 64 {
      let end = min((page + 1) * 16_384, footer - 4 * pages)
      if page * 16_384 < end { seal(page * 16_384..<end, at: footer - 4 * (pages - page)) }
    }
    if footer - 4 * pages >= 64 { seal(footer - 4 * pages..<footer, at: footer + 12) }
    seal(footer..<footer + 28, at: footer + 28)
    return bytes
  }
}
