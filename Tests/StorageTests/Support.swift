// What the tests of this module share.

import Storage
import TestSupport

extension OutputFile {
  func write(_ bytes: [UInt8]) throws(IndexError) {
    try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      try unsafe write(UnsafeRawBufferPointer(bytes))
    }
  }
}

extension IndexFileWriter {
  func write(_ bytes: [UInt8]) throws(IndexError) {
    try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      try unsafe write(UnsafeRawBufferPointer(bytes))
    }
  }
}

extension Storage.Directory {
  /// Writes a durable file; its name is not durable.
  func write(_ name: String, _ bytes: [UInt8], sync: Bool = true) throws(IndexError) {
    let file = try create(name)
    try file.write(bytes)
    if sync { try file.sync() }
    try file.close()
  }

  func read(_ name: String) throws(IndexError) -> [UInt8] {
    let file = try open(name)
    return unsafe Array(file.bytes)
  }
}

/// Random bytes.
func randomBytes(_ count: Int, seed: UInt64) -> [UInt8] {
  var generator = SeededGenerator(seed: seed)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count + 8)
  while bytes.count < count { unsafe withUnsafeBytes(of: generator.next()) { unsafe bytes.append(contentsOf: $0) } }
  bytes.removeLast(bytes.count - count)
  return bytes
}

/// The code of the error that `body` throws; nil when it throws none.
func errorCode(_ body: () throws(IndexError) -> Void) -> IndexError.Code? {
  do throws(IndexError) {
    try body()
    return nil
  } catch {
    return error.code
  }
}

/// The bytes that `body` writes.
func written(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
  var writer = ByteWriter(capacity: 0)
  body(&writer)
  return unsafe writer.withUnsafeBytes { unsafe Array($0) }
}
