// What is wrong with a file of runs or judgements, and the lines of both.

/// A line that is not what the format says.
public struct TRECFormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The line, counted from 1.
  public let line: Int
  /// What is wrong with it.
  public let message: String

  init(_ line: Int, _ message: String) {
    self.line = line
    self.message = message
  }

  /// `line: message`.
  public var description: String { "\(line): \(message)" }
}

/// Calls `body` for each line that is not blank with its number and its columns.
func forEachTRECLine(
  _ text: String, _ body: (_ line: Int, _ columns: [Substring]) throws(TRECFormatError) -> Void
) throws(TRECFormatError) {
  var text = text
  text.makeContiguousUTF8()
  var number = 0
  for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    number += 1
    let columns = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map { Substring($0) }
    if !columns.isEmpty { try body(number, columns) }
  }
}
