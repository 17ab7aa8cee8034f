// Writes the frame that every file of an index has. All numbers are little endian.
//
//   File   := Header Payload Table Footer
//   Header := "LOQUATIX" kind:u32 version:u16 flags:u16(0) segment:16 bytes reserved:28 zero bytes checksum:u32
//   Table  := checksum:u32^pages
//   Footer := payload:u64 pages:u32 table:u32 header:u32 "LOQUATND" checksum:u32
//
// A header has 64 bytes in every version of the format, its checksum covers the first 60. Header and payload are cut
// into pages of 16 KiB from the start of the file, the last may be shorter; the table has the checksum of each. In
// the footer, of 32 bytes, `payload` is the payload's length, `pages` the number of pages (of header and payload,
// rounded up), `table` the checksum of the table, `header` the header's again, and `checksum` covers the 28 bytes
// before it. Nothing follows. All checksums are CRC-32C.

/// Writes one file of an index from start to end, with checksums of its pages. Used by one thread.
///
/// After an error the file is lost; every later call throws the same error.
@safe
public final class IndexFileWriter {
  private static let bufferLength = 16 * IndexFileLayout.pageLength

  private let name: String
  private let kind: FileKind
  private let output: any OutputFile
  private let headerChecksum: UInt32
  private let buffer: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var flushed = 0
  private var table = ByteWriter()
  private var failure: IndexError?
  private var isOpen = true

  /// Creates a file.
  ///
  /// - Throws: `alreadyExists` and the other errors of ``Directory/create(_:)``.
  public init(
    directory: any Directory, name: String, kind: FileKind, version: UInt16, segment: SegmentToken
  ) throws(IndexError) {
    output = try directory.create(name)
    self.name = name
    self.kind = kind
    let header = IndexFileHeader(kind: kind, version: version, segment: segment)
    headerChecksum = header.checksum
    unsafe buffer = .allocate(byteCount: Self.bufferLength, alignment: 64)
    try write(header.encode())
  }

  deinit { unsafe buffer.deallocate() }

  /// Bytes of payload written so far.
  public var position: Int { flushed + filled - IndexFileLayout.headerLength }

  /// Appends bytes to the payload.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    try checkUsable()
    guard var source = bytes.baseAddress else { return }
    var left = bytes.count
    while left > 0 {
      let part = min(left, Self.bufferLength - filled)
      unsafe (buffer.baseAddress.unsafelyUnwrapped + filled).copyMemory(from: source, byteCount: part)
      filled += part
      left -= part
      unsafe source += part
      if filled == Self.bufferLength { try flush() }
    }
  }

  /// Appends bytes to the payload.
  public func write(_ writer: borrowing ByteWriter) throws(IndexError) {
    try unsafe writer.withUnsafeBytes { (bytes) throws(IndexError) in try unsafe write(bytes) }
  }

  /// Appends zeros until `position` is a multiple of `alignment`, in bytes. A multiple of up to 64 in the payload is
  /// one in the file too.
  ///
  /// - Precondition: `alignment` is above 0.
  public func align(to alignment: Int) throws(IndexError) {
    precondition(alignment > 0)
    let count = (alignment - position % alignment) % alignment
    try unsafe withUnsafeTemporaryAllocation(byteCount: max(1, count), alignment: 1) { (zeros) throws(IndexError) in
      unsafe zeros.initializeMemory(as: UInt8.self, repeating: 0)
      try unsafe write(UnsafeRawBufferPointer(rebasing: zeros[0..<count]))
    }
  }

  /// Ends the file: its bytes are durable afterwards, its name is not before the directory is synced.
  public func finish() throws(IndexError) -> IndexFileSummary {
    try checkUsable()
    let payload = position
    try flush()
    let pages = table.count / 4
    let tableChecksum = table.checksum
    var footer = ByteWriter(capacity: IndexFileLayout.footerLength)
    footer.u64(UInt64(payload))
    footer.u32(UInt32(truncatingIfNeeded: pages))
    footer.u32(tableChecksum)
    footer.u32(headerChecksum)
    footer.u64(IndexFileLayout.endMagic)
    footer.u32(footer.checksum)
    unsafe footer.withUnsafeBytes { unsafe table.bytes($0) }
    guard pages <= Int(UInt32.max) else { throw failed(IndexError(.limitExceeded, "the file is too long", file: name)) }
    do {
      try unsafe table.withUnsafeBytes { (bytes) throws(IndexError) in try unsafe output.write(bytes) }
      try output.sync()
      // What fails to close is closed as well.
      isOpen = false
      try output.close()
    } catch {
      throw failed(error)
    }
    return IndexFileSummary(name: name, kind: kind, length: flushed + table.count, checksum: tableChecksum)
  }

  /// Gives up: closes the file as it is. Does nothing once the file is finished.
  public func abandon() {
    guard isOpen else { return }
    isOpen = false
    try? output.close()
  }

  /// Writes the buffer. It starts at a page's start and, but for the last time, ends at a page's end.
  private func flush() throws(IndexError) {
    guard filled > 0 else { return }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
    var page = 0
    while page < filled {
      let end = min(page + IndexFileLayout.pageLength, filled)
      unsafe table.u32(CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[page..<end])))
      page = end
    }
    do {
      try unsafe output.write(bytes)
    } catch {
      throw failed(error)
    }
    flushed += filled
    filled = 0
  }

  private func checkUsable() throws(IndexError) {
    if let failure { throw failure }
    if !isOpen { throw IndexError(.invalidArgument, "the file is finished", file: name) }
  }

  private func failed(_ error: IndexError) -> IndexError {
    failure = error
    return error
  }
}
