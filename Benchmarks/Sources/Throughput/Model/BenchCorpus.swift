// The corpus of a run: generated, a file of JSON Lines, or a folder of files.

import CorpusModel
import Foundation
@preconcurrency import Glibc

/// A corpus that can be indexed whole or in part.
struct BenchCorpus {
  /// What it is, for the report.
  let source: String
  /// Where it lies.
  let path: String
  /// Whether it is a folder of files instead of lines.
  let isFolder: Bool

  /// Takes the corpus that the settings name, or generates one in the work folder.
  ///
  /// - Throws: ``BenchError`` when it cannot be read or written.
  init(_ settings: BenchSettings, progress: (Double) -> Void) throws {
    if let corpus = settings.corpus {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: corpus, isDirectory: &isFolder) else {
        throw BenchError("there is no corpus at \(corpus)")
      }
      self.init(source: corpus, path: corpus, isFolder: isFolder.boolValue)
      return
    }
    self.init(
      source: "generated", path: settings.workFolder + "/corpus.jsonl", isFolder: false)
    let parameters = try CorpusParameters(seed: settings.seed, meanLength: settings.meanLength)
    try Self.generate(UInt64(settings.documents), parameters, to: path, progress: progress)
  }

  private init(source: String, path: String, isFolder: Bool) {
    self.source = source
    self.path = path
    self.isFolder = isFolder
  }

  private static func generate(
    _ documents: UInt64, _ parameters: CorpusParameters, to path: String, progress: (Double) -> Void
  ) throws {
    let file = try OutputFile(path)
    let model = CorpusModel()
    let block = CorpusBlock()
    var first: UInt64 = 0
    while first < documents {
      let end = min(documents, first + 2_000)
      block.removeAll()
      model.generate(first..<end, parameters: parameters, into: block)
      try block.withBytes(file.write)
      first = end
      progress(Double(first) / Double(documents))
    }
    try file.finish()
  }

  /// Writes the first `count` lines to another file.
  func prefix(_ count: Int, to path: String) throws -> BenchCorpus {
    let file = try OutputFile(path)
    guard let input = fopen(self.path, "r") else { throw BenchError("\(self.path) cannot be read") }
    defer { fclose(input) }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var left = count
    while left > 0 {
      let length = fread(&chunk, 1, chunk.count, input)
      if length == 0 { break }
      var used = 0
      while used < length, left > 0 {
        guard let end = chunk[used..<length].firstIndex(of: UInt8(ascii: "\n")) else {
          used = length
          break
        }
        used = end + 1
        left -= 1
      }
      try chunk.withUnsafeBytes { try file.write(UnsafeRawBufferPointer(rebasing: $0[..<used])) }
    }
    try file.finish()
    return BenchCorpus(source: source, path: path, isFolder: false)
  }
}

/// A file that is written from its start.
private final class OutputFile {
  private let file: UnsafeMutablePointer<FILE>
  private let path: String

  init(_ path: String) throws {
    guard let file = fopen(path, "w") else { throw BenchError("\(path) cannot be written") }
    self.file = file
    self.path = path
  }

  deinit { fclose(file) }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else {
      throw BenchError("\(path) cannot be written")
    }
  }

  func finish() throws {
    guard fflush(file) == 0 else { throw BenchError("\(path) cannot be written") }
  }
}

/// Why a run cannot go on.
public struct BenchError: Error, CustomStringConvertible {
  /// The reason in words.
  public let description: String

  init(_ description: String) { self.description = description }
}
