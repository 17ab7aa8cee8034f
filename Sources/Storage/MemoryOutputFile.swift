// A file in memory while it is written.

/// Appends to a file in memory.
final class MemoryOutputFile: OutputFile {
  let name: String
  private let file: MemoryFile
  private var isClosed = false

  init(name: String, file: MemoryFile) {
    self.name = name
    self.file = file
  }

  deinit { if !isClosed { file.seal() } }

  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    try checkOpen()
    unsafe file.append(bytes)
  }

  func sync() throws(IndexError) { try checkOpen() }

  func close() throws(IndexError) {
    try checkOpen()
    isClosed = true
    file.seal()
  }

  private func checkOpen() throws(IndexError) {
    if isClosed { throw IndexError(.invalidArgument, "the file is closed", file: name) }
  }
}
