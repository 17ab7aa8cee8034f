// A folder for a test's files, gone with the test.

import Foundation

final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/extraction-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and the folders above it.
  @discardableResult func write(_ name: String, _ content: some Sequence<UInt8>) throws -> String {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(Array(content)).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult func write(_ name: String, _ content: String = "x") throws -> String {
    try write(name, content.utf8)
  }
}

/// Runs a program and returns what it printed.
func run(_ arguments: [String], in folder: String? = nil, input: Data = Data()) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
  let output = Pipe()
  let source = Pipe()
  process.standardOutput = output
  process.standardInput = source
  process.standardError = FileHandle.nullDevice
  try process.run()
  source.fileHandleForWriting.write(input)
  try source.fileHandleForWriting.close()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
