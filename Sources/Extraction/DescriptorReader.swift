// Reading from file descriptors: whole files into arrays, pieces into buffers.

@preconcurrency import Glibc

enum DescriptorReader {
  /// Reads until the buffer is full or the input ends; returns how many bytes there are.
  static func read(
    _ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(ExtractionError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      if count > 0 {
        filled += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw .system(errno, "read the file", path: path)
      }
    }
    return filled
  }

  /// Reads a regular file to its end. A file that grows meanwhile is read as far as it was at first. `isWanted` is asked
  /// about the first bytes of a file that is larger than these, before the rest is read.
  static func readAll(
    _ descriptor: CInt, limit: Int, path: String,
    isWanted: (UnsafeBufferPointer<UInt8>) -> Bool = { _ in true }
  ) throws(ExtractionError) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno, "examine the file", path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ExtractionError(.unsupportedFormat, "not a regular file", path: path)
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw ExtractionError(.tooLarge, "the file has \(size) bytes; the limit is \(limit)", path: path)
    }
    var failure: ExtractionError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initializedCount in
      do throws(ExtractionError) {
        let whole = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: min(size, buffer.count))
        let head = UnsafeMutableRawBufferPointer(rebasing: whole.prefix(ExtractionLimits.sniffedBytes))
        let headCount = try read(descriptor, into: head, path: path)
        guard size <= head.count || isWanted(UnsafeBufferPointer(start: buffer.baseAddress, count: headCount)) else {
          throw ExtractionError(.binary, "not a text file", path: path)
        }
        let rest = UnsafeMutableRawBufferPointer(rebasing: whole.dropFirst(headCount))
        initializedCount = headCount + (headCount < head.count ? 0 : try read(descriptor, into: rest, path: path))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
