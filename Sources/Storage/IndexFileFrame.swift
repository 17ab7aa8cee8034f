// Checks the frame of a file; the grammar is in `IndexFileWriter.swift`.

/// Header and footer of a file, found consistent with each other, the table and the file's length.
struct IndexFileFrame {
  let header: IndexFileHeader
  let payloadLength: Int
  let pageCount: Int
  let tableChecksum: UInt32

  /// Checks everything but the payload.
  init(
    file: FileBytes, kind: FileKind, supportedVersions: ClosedRange<UInt16>, segment: SegmentToken?
  ) throws(IndexError) {
    let name = file.name
    func corrupt(_ message: String, _ offset: Int) -> IndexError {
      IndexError(.corrupt, message, file: name, offset: offset)
    }
    let fixed = IndexFileLayout.headerLength + IndexFileLayout.footerLength
    guard file.count >= fixed else {
      throw corrupt("the file is cut off: it has fewer than the \(fixed) bytes of an empty one", file.count)
    }
    let headerChecksum: UInt32
    (header, headerChecksum) = try Self.readHeader(file)
    guard supportedVersions.upperBound >= header.version else {
      throw IndexError(
        .formatTooNew, "the file has format version \(header.version); this program reads \(supportedVersions)",
        file: name)
    }
    guard supportedVersions.lowerBound <= header.version else {
      throw IndexError(
        .formatTooOld, "the file has format version \(header.version); this program reads \(supportedVersions)",
        file: name)
    }
    guard header.kind == kind else {
      throw corrupt("the file is of kind \"\(header.kind)\", not \"\(kind)\"", 8)
    }
    if let segment, segment != header.segment { throw corrupt("the file belongs to another segment or index", 16) }

    let footerOffset = file.count - IndexFileLayout.footerLength
    let footerBytes = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[footerOffset...])
    var footer = unsafe ByteReader(footerBytes, file: name, baseOffset: footerOffset, owner: file)
    let payload = try footer.u64()
    let pages = try footer.u32()
    tableChecksum = try footer.u32()
    let headerAgain = try footer.u32()
    let mark = try footer.u64()
    let stated = try footer.u32()
    guard mark == IndexFileLayout.endMagic else {
      throw corrupt("the file does not end as it should: it is cut off, or bytes follow", footerOffset)
    }
    guard unsafe CRC32C.checksum(UnsafeRawBufferPointer(rebasing: footerBytes.dropLast(4))) == stated else {
      throw corrupt("the footer does not have its checksum", footerOffset)
    }
    guard headerAgain == headerChecksum else { throw corrupt("header and footer are not of one file", footerOffset) }
    // The lengths are bounded by the file's own before anything is computed from them.
    guard payload <= UInt64(file.count) else { throw corrupt("the payload is longer than the file", footerOffset) }
    payloadLength = Int(payload)
    pageCount = IndexFileLayout.pageCount(payload: payloadLength)
    guard pageCount == Int(pages), fixed + payloadLength + 4 * pageCount == file.count else {
      throw corrupt("the file does not have the length that its footer says", footerOffset)
    }
    let tableOffset = IndexFileLayout.headerLength + payloadLength
    let table = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[tableOffset..<footerOffset])
    guard unsafe CRC32C.checksum(table) == tableChecksum else {
      throw corrupt("the table of checksums does not have its checksum", tableOffset)
    }
  }

  private static func readHeader(_ file: FileBytes) throws(IndexError) -> (IndexFileHeader, checksum: UInt32) {
    let name = file.name
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[..<IndexFileLayout.headerLength])
    var reader = unsafe ByteReader(bytes, file: name, baseOffset: 0, owner: file)
    guard try reader.u64() == IndexFileLayout.magic else {
      throw IndexError(.notAnIndex, "the file does not start as one of an index", file: name, offset: 0)
    }
    let kind = FileKind(code: try reader.u32())
    let version = try reader.u16()
    let flags = try reader.u16()
    let header = IndexFileHeader(kind: kind, version: version, segment: try SegmentToken(from: &reader))
    var reserved: UInt8 = 0
    while reader.remaining > 4 { reserved |= try reader.u8() }
    let stated = try reader.u32()
    guard unsafe CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes.dropLast(4))) == stated else {
      throw IndexError(.corrupt, "the header does not have its checksum", file: name, offset: 0)
    }
    guard flags == 0, reserved == 0 else {
      throw IndexError(.formatTooNew, "the header has parts that this program does not know", file: name, offset: 14)
    }
    return (header, stated)
  }
}
