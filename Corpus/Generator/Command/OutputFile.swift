// Where the corpus goes.

import CorpusModel
@preconcurrency import Glibc

/// A file, or standard output, written in whole blocks.
final class OutputFile {
  private let descriptor: Int32
  private let name: String

  /// Creates or empties the file at `path`; standard output for nil.
  ///
  /// - Throws: ``CorpusError`` when the file can't be opened.
  init(path: String?) throws(CorpusError) {
    name = path ?? "standard output"
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Self.failure(name) }
  }

  /// Writes all the bytes.
  ///
  /// - Throws: ``CorpusError`` when the system refuses.
  func write(_ bytes: UnsafeRawBufferPointer) throws(CorpusError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw Self.failure(name)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  /// Closes the file, which may report an error of an earlier write.
  func close() throws(CorpusError) {
    if Glibc.close(descriptor) != 0 { throw Self.failure(name) }
  }

  private static func failure(_ name: String) -> CorpusError {
    CorpusError(message: "\(name): \(String(cString: strerror(errno)))")
  }
}
