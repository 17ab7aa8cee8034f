// The program `loquat`: its subcommands and its exit codes.

import ArgumentParser
@preconcurrency import Glibc
import Loquat

/// The root command.
@main
struct LoquatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loquat",
    abstract: "Full-text search for English, Chinese and mixtures of both.",
    version: LoquatVersion.current,
    subcommands: [
      IndexCommand.self, ReindexCommand.self, SearchCommand.self, DeleteCommand.self, OptimizeCommand.self,
      VerifyCommand.self, StatsCommand.self, AnalyzeCommand.self, RunCommand.self, EvaluateCommand.self,
      ConfigCommand.self,
      ProtocolCommand.self,
    ])

  /// Runs the command line. Every error is one clear line on standard error and status 2, as with grep.
  static func main() {
    signal(SIGPIPE, SIG_DFL)
    ProcessMemory.returnFreedMemory()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ExitCode {
      exit(withError: error)
    } catch {
      // Help, the version and completion scripts come as errors too, with success as their code.
      if exitCode(for: error) == .success { exit(withError: error) }
      Terminal.printError(describe(error))
      Glibc.exit(CommandStatus.error)
    }
  }

  private static func describe(_ error: any Error) -> String {
    switch error {
    case let error as CommandError: error.message
    case is IndexError, is QueryError, is ExtractionError: "\(error)"
    default: message(for: error)
    }
  }
}

/// Exit codes.
enum CommandStatus {
  /// Nothing was found.
  static let nothingFound: Int32 = 1
  /// Something went wrong.
  static let error: Int32 = 2
}

/// An error that is told to the user as it stands.
struct CommandError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
