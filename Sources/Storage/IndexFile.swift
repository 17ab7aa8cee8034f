// Reads the frame that every file of an index has; the grammar is in `IndexFileWriter.swift`.

internal import Synchronization

/// Checked random access to the payload of a file of an index. Immutable; shared between threads.
///
/// Opening checks the header, the footer and the table of checksums, and that the file is exactly as long as they say;
/// it reads no payload. A page of the payload is checked against its checksum when it is first touched.
///
/// Invariants: `payload` has `count` bytes and lies in `file`, which lives as long as this object. A bit of `verified`
/// is set only after the page's checksum was found right; two threads may both find it so. The bits order no other
/// memory, for the bytes never change, so relaxed access will do.
@safe
public final class IndexFile: @unchecked Sendable {
  /// The file's name.
  public let name: String
  /// The version of its format.
  public let version: UInt16
  /// Bytes of payload.
  public let count: Int
  /// The checksum of the table: see ``IndexFileSummary/checksum``.
  public let checksum: UInt32

  private let file: FileBytes
  private let payload: UnsafeRawPointer
  private let pageCount: Int
  private let verified: UnsafeMutablePointer<Atomic<UInt64>>
  private let wordCount: Int

  /// Opens a file and checks its frame. O(pages / 4096), no matter what is in it.
  ///
  /// - Parameter segment: the token that the header must have, if one is expected.
  /// - Throws: `notFound`; `notAnIndex` when the file does not start as one of an index; `formatTooNew` and
  ///   `formatTooOld` when `supportedVersions` does not hold its version; `corrupt` for every other contradiction.
  public init(
    directory: any Directory, name: String, kind: FileKind, supportedVersions: ClosedRange<UInt16>,
    segment: SegmentToken?
  ) throws(IndexError) {
    let file = try directory.open(name)
    let frame = try IndexFileFrame(
      file: file, kind: kind, supportedVersions: supportedVersions, segment: segment)
    self.file = file
    self.name = name
    version = frame.header.version
    count = frame.payloadLength
    checksum = frame.tableChecksum
    pageCount = frame.pageCount
    unsafe payload = file.base + IndexFileLayout.headerLength
    wordCount = (pageCount + 63) / 64
    unsafe verified = .allocate(capacity: wordCount)
    for word in 0..<wordCount { unsafe (verified + word).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe verified.deinitialize(count: wordCount)
    unsafe verified.deallocate()
  }

  /// Bytes of the whole file.
  public var length: Int { file.count }

  /// A range of the payload, valid while this object lives. Its pages are checked when they are touched for the first
  /// time; after that it costs a few nanoseconds.
  ///
  /// - Throws: `corrupt` when the range is not within the payload or a page does not have its checksum.
  public func bytes(_ range: Range<Int>) throws(IndexError) -> UnsafeRawBufferPointer {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw outside(range) }
    if !range.isEmpty {
      let first = (range.lowerBound + IndexFileLayout.headerLength) >> IndexFileLayout.pageShift
      let last = (range.upperBound + IndexFileLayout.headerLength - 1) >> IndexFileLayout.pageShift
      let word = first >> 6
      // Few ranges reach over 64 pages, a megabyte.
      let mask = Self.mask(first & 63, last & 63)
      if unsafe last >> 6 != word || verified[word].load(ordering: .relaxed) & mask != mask {
        try verify(first, last)
      }
    }
    return unsafe UnsafeRawBufferPointer(start: payload + range.lowerBound, count: range.count)
  }

  /// A reader of a range of the payload. It keeps this object alive; the places in its errors count from the start of
  /// the file.
  ///
  /// - Throws: as ``bytes(_:)``.
  public func reader(_ range: Range<Int>) throws(IndexError) -> ByteReader {
    unsafe ByteReader(
      try bytes(range), file: name, baseOffset: range.lowerBound + IndexFileLayout.headerLength, owner: self)
  }

  /// Reads the whole file and checks every page, also those that were checked before. O(n). Calls `step` after every
  /// megabyte and at the end with the number of bytes that were checked since the last call.
  ///
  /// - Throws: `corrupt` with the place of the first page that does not have its checksum; what `step` throws.
  public func verifyAll(_ step: (_ bytes: Int) throws(IndexError) -> Void = { _ in }) throws(IndexError) {
    let pagesOfStep = 64
    var told = 0
    for page in 0..<pageCount {
      try verify(page: page)
      let checked = min(count, (page + 1) << IndexFileLayout.pageShift)
      if page % pagesOfStep == pagesOfStep - 1 || page == pageCount - 1 {
        try step(checked - told)
        told = checked
      }
    }
  }

  /// Asks for a range of the payload to be read ahead, as well as that can be done. What lies outside is ignored.
  public func prefetch(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<count)
    let start = IndexFileLayout.headerLength
    file.prefetch(range.lowerBound + start..<range.upperBound + start)
  }

  /// Bits `low` to `high` of a word.
  @inline(__always)
  private static func mask(_ low: Int, _ high: Int) -> UInt64 {
    (UInt64.max &<< UInt64(truncatingIfNeeded: low)) & (UInt64.max &>> UInt64(truncatingIfNeeded: 63 &- high))
  }

  @inline(never)
  private func verify(_ first: Int, _ last: Int) throws(IndexError) {
    for word in first >> 6...last >> 6 {
      let low = max(first, word << 6)
      let high = min(last, word << 6 + 63)
      let missing = Self.mask(low & 63, high & 63) & ~(unsafe verified[word].load(ordering: .relaxed))
      if missing == 0 { continue }
      for page in low...high where missing & (1 << UInt64(page & 63)) != 0 { try verify(page: page) }
      unsafe verified[word].bitwiseOr(missing, ordering: .relaxed)
    }
  }

  private func verify(page: Int) throws(IndexError) {
    let start = page << IndexFileLayout.pageShift
    let end = min(start + IndexFileLayout.pageLength, IndexFileLayout.headerLength + count)
    let table = unsafe file.base + IndexFileLayout.headerLength + count
    let expected = unsafe UInt32(littleEndian: table.loadUnaligned(fromByteOffset: 4 * page, as: UInt32.self))
    let found = unsafe CRC32C.checksum(UnsafeRawBufferPointer(start: file.base + start, count: end - start))
    guard found == expected else {
      throw IndexError(.corrupt, "a page does not have its checksum", file: name, offset: start)
    }
  }

  @inline(never)
  private func outside(_ range: Range<Int>) -> IndexError {
    let (offset, overflows) = range.lowerBound.addingReportingOverflow(IndexFileLayout.headerLength)
    return IndexError(
      .corrupt, "a reference to bytes \(range) of the contents leads out of the \(count) there are", file: name,
      offset: overflows ? nil : offset)
  }
}
