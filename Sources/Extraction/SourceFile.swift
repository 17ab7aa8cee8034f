// A file to be extracted: its name and where its bytes come from.

@preconcurrency import Glibc

/// A file with its content, on disk or in memory.
public struct SourceFile: Sendable {
  enum Content {
    case onDisk(absolutePath: String)
    case inMemory([UInt8])
  }

  /// The path that the file is known by; its last component serves as the title when there is no better one.
  public let path: String
  /// The longest document that is read, in bytes: the whole file, or a line of JSON Lines. Never above
  /// ``ExtractionLimits/maximalFileSizeInBytes`` and ``ExtractionLimits/maximalLineLengthInBytes``.
  public var longestDocumentInBytes = Int.max
  let content: Content

  /// A file on disk that is known by `path`.
  public init(path: String, absolutePath: String) {
    self.path = path
    content = .onDisk(absolutePath: absolutePath)
  }

  /// A file found by the walker.
  public init(_ entry: FileEntry) {
    self.init(path: entry.relativePath, absolutePath: entry.absolutePath)
  }

  /// A file whose bytes are given.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    content = .inMemory(bytes)
  }

  /// The last component of the path.
  var name: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// The file's bytes.
  /// - Throws: `.tooLarge` beyond the limit, `.notFound`, `.permissionDenied`, `.io`.
  func bytes() throws(ExtractionError) -> [UInt8] {
    switch content {
    case .inMemory(let bytes): return bytes
    case .onDisk(let absolutePath):
      let descriptor = open(absolutePath, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw .system(errno, "open the file", path: path) }
      defer { close(descriptor) }
      return try DescriptorReader.readAll(
        descriptor, limit: min(longestDocumentInBytes, ExtractionLimits.maximalFileSizeInBytes), path: path,
        isWanted: { !EncodingDetector.isBinary(head: $0) })
    }
  }

  /// The file's lines in chunks.
  func lines() throws(ExtractionError) -> LineChunkReader {
    let longest = min(longestDocumentInBytes, ExtractionLimits.maximalLineLengthInBytes)
    return switch content {
    case .inMemory(let bytes): LineChunkReader(bytes: bytes, name: path, maximalLineLengthInBytes: longest)
    case .onDisk(let absolutePath):
      try LineChunkReader(path: absolutePath, name: path, maximalLineLengthInBytes: longest)
    }
  }
}
