// Writing to the terminal and to pipes.

@preconcurrency import Glibc

/// Standard output and standard error.
enum Terminal {
  /// Whether results may be coloured: only on a terminal, and not where `NO_COLOR` is set.
  static var usesColour: Bool {
    guard isatty(STDOUT_FILENO) == 1 else { return false }
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    return getenv("TERM").map { String(cString: $0) } != "dumb"
  }

  /// Whether progress may be shown.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line to standard error.
  static func printError(_ message: String) { write("loquat: \(message)\n", to: STDERR_FILENO) }

  /// Writes a note to standard error as it stands.
  static func printNote(_ text: String) { write(text, to: STDERR_FILENO) }

  /// The text without control characters, which could do anything to a terminal.
  static func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// Writes all of the text. Results that cannot be written end the program with status 2; a message that cannot is lost.
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while rest.count > 0 {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        if written <= 0 {
          if descriptor == STDERR_FILENO { return }
          printError("the output cannot be written: \(String(cString: strerror(errno)))")
          exit(CommandStatus.error)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }
}
