// The files in which users give words of their own.

/// Reads files of words and of synonyms. Empty lines and lines that begin with `#` and a blank, or are nothing but `#`,
/// are left out: `#hashtag` is a word.
public enum WordFile {
  /// A line that cannot be read.
  public struct LineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line's number, from 1.
    public let line: Int
    /// What is wrong with it.
    public let message: String

    /// The line and what is wrong.
    public var description: String { "line \(line): \(message)" }
  }

  /// No file of words has more entries.
  public static let maximumEntries = 1_000_000

  /// One word a line, without the blanks around it; each once, in order, so that equal words make equal fingerprints.
  public static func words(_ text: String) throws(LineError) -> [String] {
    var words: Set<String> = []
    for (number, line) in lines(text) {
      words.insert(line)
      if words.count > maximumEntries {
        throw LineError(line: number, message: "a file has at most \(maximumEntries) words")
      }
    }
    return words.sorted()
  }

  /// One group a line: words or phrases that stand for each other, between commas (`,` or `，`).
  public static func synonyms(_ text: String) throws(LineError) -> [[String]] {
    var groups: [[String]] = []
    for (number, line) in lines(text) {
      if line.contains("=>") {
        throw LineError(line: number, message: "the words of a group stand for each other; there is no =>")
      }
      let words = line.split(whereSeparator: { $0 == "," || $0 == "，" }).map { trimmed($0) }.filter { !$0.isEmpty }
      guard words.count > 1 else {
        throw LineError(line: number, message: "a group needs two words or more, with commas between them")
      }
      groups.append(words)
      if groups.count > maximumEntries {
        throw LineError(line: number, message: "a file has at most \(maximumEntries) groups")
      }
    }
    return groups
  }

  private static func lines(_ text: String) -> [(number: Int, line: String)] {
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .map { ($0.offset + 1, trimmed($0.element)) }
      .filter { !$0.1.isEmpty && $0.1 != "#" && !$0.1.hasPrefix("# ") }
  }

  private static func trimmed(_ text: Substring) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }) else { return "" }
    let last = text.lastIndex { !$0.isWhitespace } ?? first
    return String(text[first...last])
  }
}
