// Messages to the user.

@preconcurrency import Glibc

/// Writing to standard error, without buffering.
enum StandardError {
  /// Writes the text as it is.
  static func print(_ text: String) { fputs(text, stderr) }
}
