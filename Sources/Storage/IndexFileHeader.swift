// The first bytes of every file of an index; the grammar is in `IndexFileWriter.swift`.

/// What a file says of itself before its payload.
struct IndexFileHeader: Equatable {
  var kind: FileKind
  var version: UInt16
  var segment: SegmentToken

  /// The checksum of the bytes before it.
  var checksum: UInt32 { encodeUnchecked().checksum }

  /// The bytes of the header; the last four are its checksum.
  func encode() -> ByteWriter {
    var out = encodeUnchecked()
    out.u32(out.checksum)
    return out
  }

  private func encodeUnchecked() -> ByteWriter {
    var out = ByteWriter(capacity: IndexFileLayout.headerLength)
    out.u64(IndexFileLayout.magic)
    out.u32(kind.code)
    out.u16(version)
    out.u16(0)
    segment.write(to: &out)
    while out.count < IndexFileLayout.headerLength - 4 { out.u8(0) }
    return out
  }
}
