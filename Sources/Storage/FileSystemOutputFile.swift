// A file of a folder while it is written.

internal import CPlatform

/// Writes to a descriptor, which it owns.
final class FileSystemOutputFile: OutputFile {
  let name: String
  private var descriptor: Int32?
  private var failure: IndexError?

  init(name: String, descriptor: Int32) {
    self.name = name
    self.descriptor = descriptor
  }

  deinit { if let descriptor { _ = cplatform_close(descriptor) } }

  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    let descriptor = try usable()
    guard let base = bytes.baseAddress else { return }
    try check(unsafe cplatform_write_all(descriptor, base, bytes.count), "write the file")
  }

  func sync() throws(IndexError) {
    try check(cplatform_sync(try usable()), "sync the file")
  }

  func close() throws(IndexError) {
    guard let open = descriptor else { throw IndexError(.invalidArgument, "the file is closed already", file: name) }
    descriptor = nil
    let result = cplatform_close(open)
    try OutputFileState.throwPoisoned(failure, name)
    try check(result, "close the file")
  }

  private func usable() throws(IndexError) -> Int32 {
    try OutputFileState.throwPoisoned(failure, name)
    guard let descriptor else { throw IndexError(.invalidArgument, "the file is closed", file: name) }
    return descriptor
  }

  private func check(_ result: Int32, _ action: String) throws(IndexError) {
    guard result != 0 else { return }
    let error = IndexError.system(-result, action, file: name)
    failure = error
    throw error
  }
}
