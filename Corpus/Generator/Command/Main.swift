// The entry point: status 0 when the corpus stands, 2 with a message when not.

import ArgumentParser
@preconcurrency import Glibc

/// Runs the command and turns every fault into status 2.
@main
enum Main {
  static func main() async {
    do {
      let command = try CorpusGeneratorCommand.parse()
      try await command.run()
    } catch {
      if CorpusGeneratorCommand.exitCode(for: error) == .success { CorpusGeneratorCommand.exit(withError: error) }
      StandardError.print(CorpusGeneratorCommand.fullMessage(for: error) + "\n")
      Glibc.exit(2)
    }
  }
}
