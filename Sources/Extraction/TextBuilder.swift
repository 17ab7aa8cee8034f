// Building running text out of pieces of marked-up text.

/// Collects text with the white space that markup means: separators are remembered and written only between words, so
/// that there is none at the ends and the strongest of several wins.
struct TextBuilder {
  private enum Separator: Int {
    case none, space, cell, line, block

    var text: StaticString {
      switch self {
      case .none: ""
      case .space: " "
      case .cell: " | "
      case .line: "\n"
      case .block: "\n\n"
      }
    }
  }

  /// The text so far; valid UTF-8 if the pieces were.
  private(set) var bytes: [UInt8] = []
  private var pending = Separator.none

  private mutating func ask(for separator: Separator) {
    if separator.rawValue > pending.rawValue { pending = separator }
  }

  /// Ends a word.
  mutating func breakWord() { ask(for: .space) }
  /// Ends a cell of a table.
  mutating func breakCell() { ask(for: .cell) }

  /// Ends a line within a block.
  mutating func breakLine() {
    trimEnd()
    ask(for: .line)
  }

  /// Ends a block: what follows is no part of the same sentence.
  mutating func breakBlock() {
    trimEnd()
    ask(for: .block)
  }

  /// Preformatted text may end with white space.
  private mutating func trimEnd() {
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
  }

  /// Takes back everything that was added since there were so many bytes.
  mutating func removeAll(from count: Int) { bytes.removeLast(max(bytes.count - count, 0)) }

  private mutating func writeSeparator() {
    if !bytes.isEmpty {
      pending.text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
    pending = .none
  }

  /// Adds text in which every run of white space means one blank.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < text.count {
      if Self.isSpace(text[start]) {
        ask(for: .space)
        start += 1
        continue
      }
      var end = start + 1
      while end < text.count, !Self.isSpace(text[end]) { end += 1 }
      writeSeparator()
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      start = end
    }
  }

  /// Adds text whose white space means what it is.
  mutating func appendPreformatted(_ text: UnsafeBufferPointer<UInt8>) {
    guard !text.isEmpty else { return }
    writeSeparator()
    bytes.append(contentsOf: text)
  }

  /// The text from an offset on as a title: one line, without white space at the ends, of limited length.
  func title(from offset: Int) -> String {
    Self.title(of: bytes[min(offset, bytes.count)...])
  }

  /// Text as a title.
  static func title(of text: some Sequence<UInt8>) -> String {
    var line: [UInt8] = []
    for byte in text {
      if isSpace(byte) {
        if let last = line.last, last != 0x20 { line.append(0x20) }
      } else {
        line.append(byte)
        // A character is never cut: what follows the limit is dropped from the next character's start on.
        if line.count > ExtractionLimits.maximalTitleLengthInBytes { break }
      }
    }
    if line.count > ExtractionLimits.maximalTitleLengthInBytes {
      while let last = line.last, last & 0xC0 == 0x80 { line.removeLast() }
      line.removeLast()
    }
    while line.last == 0x20 { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// The text with white space at its end taken off.
  consuming func finished() -> [UInt8] {
    trimEnd()
    return bytes
  }

  /// White space in the sense of HTML.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }
}
