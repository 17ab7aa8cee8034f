// Reading an input in chunks of whole lines, for parsers that work on several threads.

@preconcurrency import Glibc

/// Reads a file, a file descriptor, standard input or bytes in memory as chunks of whole lines.
///
/// A reader is used by one thread at a time; its chunks may be handed to others. Memory: one chunk, and up to
/// 1.25 times the longest line.
public final class LineChunkReader {
  private enum Source {
    case descriptor(CInt, isOwned: Bool)
    case memory([UInt8])
  }

  private let source: Source
  private let name: String
  private let chunkSize: Int
  private let longestLine: Int
  /// Bytes taken from memory so far.
  private var memoryPosition = 0
  /// The start of a line whose end hasn't been read yet.
  private var carry: [UInt8] = []
  private var nextLineNumber = 1
  private var nextByteOffset = 0
  private var isAtEnd = false
  private var isAtStart = true
  private var refused: [ExtractionError] = []

  private init(_ source: Source, name: String, chunkSize: Int, longestLine: Int) {
    self.source = source
    self.name = name
    self.chunkSize = max(chunkSize, 1)
    self.longestLine = max(longestLine, 1)
  }

  deinit {
    if case .descriptor(let descriptor, isOwned: true) = source { close(descriptor) }
  }

  /// Opens a file. `name` is what errors call it, the path when nil.
  /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
  public convenience init(
    path: String, name: String? = nil, chunkSizeInBytes: Int = ExtractionLimits.lineChunkSizeInBytes,
    maximalLineLengthInBytes: Int = ExtractionLimits.maximalLineLengthInBytes
  ) throws(ExtractionError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno, "open the file", path: name ?? path) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw ExtractionError(.unsupportedFormat, "a folder, not a file", path: name ?? path)
    }
    self.init(
      .descriptor(descriptor, isOwned: true), name: name ?? path, chunkSize: chunkSizeInBytes,
      longestLine: maximalLineLengthInBytes)
  }

  /// Reads from a descriptor that stays the caller's, such as 0 for standard input.
  public convenience init(
    descriptor: CInt, name: String, chunkSizeInBytes: Int = ExtractionLimits.lineChunkSizeInBytes,
    maximalLineLengthInBytes: Int = ExtractionLimits.maximalLineLengthInBytes
  ) {
    self.init(
      .descriptor(descriptor, isOwned: false), name: name, chunkSize: chunkSizeInBytes,
      longestLine: maximalLineLengthInBytes)
  }

  /// Reads from memory.
  public convenience init(
    bytes: [UInt8], name: String, chunkSizeInBytes: Int = ExtractionLimits.lineChunkSizeInBytes,
    maximalLineLengthInBytes: Int = ExtractionLimits.maximalLineLengthInBytes
  ) {
    self.init(.memory(bytes), name: name, chunkSize: chunkSizeInBytes, longestLine: maximalLineLengthInBytes)
  }

  /// The next whole lines, or nil at the end. The last line needs no line end.
  ///
  /// Lines longer than the limit are left out and told in `refusedLines` of a chunk; the last chunk may hold nothing
  /// else. A byte order mark of UTF-8 at the start is passed over.
  /// - Throws: `.io` when reading fails.
  public func next() throws(ExtractionError) -> LineChunk? {
    while !isAtEnd {
      var buffer = LineBuffer(carry, capacity: carry.count + chunkSize)
      var whole = 0
      do throws(ExtractionError) {
        while true {
          let known = buffer.count
          buffer.add(try read(into: buffer.room))
          if buffer.count < buffer.capacity {
            isAtEnd = true
            whole = buffer.count
            break
          }
          whole = buffer.endOfLastLine(from: known)
          if whole > 0 || buffer.count > longestLine { break }
          buffer.grow(by: max(chunkSize, buffer.count / 4))
        }
      } catch {
        buffer.deallocate()
        throw error
      }
      if whole == 0, !isAtEnd {
        nextByteOffset += buffer.count
        buffer.deallocate()
        try skipLine()
        continue
      }
      carry = buffer.bytes(from: whole)
      guard let chunk = makeChunk(buffer.base, whole) else { continue }
      return chunk
    }
    return nil
  }

  /// Makes a chunk of the first bytes of `base`, which it takes over; nil where there is nothing to tell.
  private func makeChunk(_ base: UnsafeMutablePointer<UInt8>, _ count: Int) -> LineChunk? {
    var bytes = UnsafeMutableBufferPointer(start: base, count: count)
    if isAtStart, count > 0 {
      isAtStart = false
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        // White space instead of the mark keeps offsets as they are in the file.
        for index in 0..<3 { bytes[index] = 0x20 }
      }
    }
    let lineNumber = nextLineNumber
    let lineCount = refuseLongLines(&bytes)
    if count == 0, refused.isEmpty {
      base.deallocate()
      return nil
    }
    (base + count).initialize(repeating: 0x20, count: LineChunk.paddingInBytes)
    let chunk = LineChunk(
      adopting: base, byteCount: count, firstLineNumber: lineNumber, byteOffset: nextByteOffset,
      refusedLines: refused)
    refused.removeAll()
    nextLineNumber += lineCount
    nextByteOffset += count
    return chunk
  }

  /// Counts the lines and blanks those that are too long.
  private func refuseLongLines(_ bytes: inout UnsafeMutableBufferPointer<UInt8>) -> Int {
    if bytes.count <= longestLine { return Self.countLineEnds(UnsafeBufferPointer(bytes)) }
    var lines = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if end - start > longestLine {
        refuse(lineNumber: nextLineNumber + lines)
        for index in start..<end { bytes[index] = 0x20 }
      }
      if end < bytes.count { lines += 1 }
      start = end + 1
    }
    return lines
  }

  private static func countLineEnds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var count = 0
    var position = 0
    while position < bytes.count, let end = memchr(base + position, 0x0A, bytes.count - position) {
      count += 1
      position = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
    }
    return count
  }

  private func refuse(lineNumber: Int) {
    refused.append(
      ExtractionError(
        .tooLarge, "the line is longer than \(longestLine) bytes", path: name, line: lineNumber))
  }

  /// Passes over the rest of a line that is too long.
  private func skipLine() throws(ExtractionError) {
    refuse(lineNumber: nextLineNumber)
    carry = []
    var buffer = [UInt8](repeating: 0, count: chunkSize)
    while true {
      var failure: ExtractionError?
      var filled = 0
      buffer.withUnsafeMutableBytes { room in
        do throws(ExtractionError) { filled = try read(into: room) } catch { failure = error }
      }
      if let failure { throw failure }
      if let newline = buffer[..<filled].firstIndex(of: 0x0A) {
        nextByteOffset += newline + 1
        nextLineNumber += 1
        carry = Array(buffer[(newline + 1)..<filled])
        return
      }
      nextByteOffset += filled
      if filled < buffer.count { return }
    }
  }

  private func read(into room: UnsafeMutableRawBufferPointer) throws(ExtractionError) -> Int {
    switch source {
    case .descriptor(let descriptor, _):
      return try DescriptorReader.read(descriptor, into: room, path: name)
    case .memory(let bytes):
      let count = min(room.count, bytes.count - memoryPosition)
      bytes.withUnsafeBytes { all in
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[memoryPosition..<(memoryPosition + count)]))
      }
      memoryPosition += count
      return count
    }
  }
}
