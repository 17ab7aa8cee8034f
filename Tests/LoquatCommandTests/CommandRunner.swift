// Runs the built program.

import Foundation

/// What a run of the program left.
struct CommandResult {
  let status: Int32
  let output: String
  let errors: String
}

/// The program beside the tests, and a folder for it to work in.
final class CommandRunner {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "loquat-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static let program: URL = {
    // The test bundle and the program lie in one folder.
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    var candidate = bundle
    while candidate.path != "/" {
      let program = candidate.appending(path: "loquat")
      if FileManager.default.isExecutableFile(atPath: program.path), !program.hasDirectoryPath { return program }
      candidate.deleteLastPathComponent()
    }
    return bundle.appending(path: "loquat")
  }()

  func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Runs the program in the folder.
  func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> CommandResult {
    try run(arguments, input: input, environment: environment)
  }

  /// Runs the program in the folder.
  func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> CommandResult {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    let standardInput = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = standardInput
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return CommandResult(
      status: process.terminationStatus, output: String(decoding: written, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self))
  }

  /// Starts the program in the folder, to be killed; what it prints goes nowhere.
  func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the program and watches its anonymous memory; the highest that was seen, in bytes.
  func peakAnonymousMemory(_ arguments: String...) throws -> (peak: Int, result: CommandResult) {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let output = folder.appending(path: "output")
    let errors = folder.appending(path: "errors")
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    var peak = 0
    while process.isRunning {
      let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      if let line = status.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") }) {
        peak = max(peak, 1024 * (Int(line.split(separator: " ").dropFirst().first ?? "0") ?? 0))
      }
      usleep(1_000)
    }
    process.waitUntilExit()
    return (
      peak,
      CommandResult(
        status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    )
  }
}
