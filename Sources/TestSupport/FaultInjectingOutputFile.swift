// A file of a fault-injecting directory while it is written.

internal import Storage

/// Passes everything to its directory, which decides. A file that is never closed stays in the directory's leaks.
final class FaultInjectingOutputFile: OutputFile {
  let name: String
  let number: Int
  let file: any OutputFile
  var isClosed = false
  private let directory: FaultInjectingDirectory

  init(name: String, number: Int, file: any OutputFile, directory: FaultInjectingDirectory) {
    self.name = name
    self.number = number
    self.file = file
    self.directory = directory
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) { try unsafe directory.write(bytes, to: self) }

  func sync() throws(IndexError) { try directory.sync(self) }

  func close() throws(IndexError) { try directory.close(self) }
}
