// A linear scan over HTML that finds tags, text and comments, but builds nothing.

/// Splits HTML into tags and text. It knows as much of the standard's tokenizer as taking tags out needs: quoted
/// attributes, comments, declarations, and elements whose content is raw text.
struct HTMLTagScanner {
  enum Token {
    /// Text with its character references as they stand.
    case text(Range<Int>)
    /// The content of a script, style sheet or the like.
    case rawText(Range<Int>)
    /// A start tag with its name in lower case and how many attributes it seems to have.
    case start(name: String, tag: Range<Int>, attributes: Int)
    /// An end tag.
    case end(name: String)
    /// A comment, declaration or processing instruction.
    case other
  }

  private static let rawElements: Set<String> = ["script", "style", "noscript", "iframe", "noframes", "template"]
  private static let longestName = 32

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The element whose raw text comes next.
  private var rawElement: String?

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next token, or nil at the end. Linear over all tokens.
  mutating func next() -> Token? {
    guard position < bytes.count else { return nil }
    if let name = rawElement {
      rawElement = nil
      return .rawText(takeRawText(until: name))
    }
    guard bytes[position] == UInt8(ascii: "<"), position + 1 < bytes.count else { return .text(takeText()) }
    switch bytes[position + 1] {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      takeDeclaration()
      return .other
    case UInt8(ascii: "/") where position + 2 < bytes.count && Self.isLetter(bytes[position + 2]):
      let start = position + 2
      takeTag(from: start)
      return .end(name: name(at: start))
    case let byte where Self.isLetter(byte):
      let start = position
      let attributes = takeTag(from: start + 1)
      let name = name(at: start + 1)
      if Self.rawElements.contains(name) { rawElement = name }
      return .start(name: name, tag: start..<position, attributes: attributes)
    default:
      return .text(takeText())
    }
  }

  /// Takes at least one byte, and what follows up to the next `<`.
  private mutating func takeText() -> Range<Int> {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    return start..<position
  }

  private mutating func takeRawText(until name: String) -> Range<Int> {
    let start = position
    let pattern = Array(name.utf8)
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "<"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "/"),
        bytes[(position + 2)...].prefix(pattern.count).lazy.map({ $0 | 0x20 }).elementsEqual(pattern)
      {
        return start..<position
      }
      position += 1
    }
    return start..<position
  }

  private mutating func takeDeclaration() {
    if bytes[position...].starts(with: Array("<!--".utf8)) {
      position += 4
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: ">"), bytes[position - 1] == UInt8(ascii: "-"),
          bytes[position - 2] == UInt8(ascii: "-")
        {
          position += 1
          return
        }
        position += 1
      }
      return
    }
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
    position = min(position + 1, bytes.count)
  }

  /// Moves behind the tag's `>`; returns how many attributes it may have. `from` is where the name starts.
  @discardableResult private mutating func takeTag(from start: Int) -> Int {
    position = start
    var attributes = 0
    var quote: UInt8?
    var isBehindSeparator = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: ">"): return attributes
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // Only as a value is a quote one; elsewhere it is a part of a name.
        if position >= 2, bytes[position - 2] == UInt8(ascii: "=") || bytes[position - 2] <= 0x20 { quote = byte }
        isBehindSeparator = true
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20, UInt8(ascii: "/"):
        isBehindSeparator = true
      default:
        if isBehindSeparator { attributes += 1 }
        isBehindSeparator = false
      }
    }
    return attributes
  }

  private func name(at start: Int) -> String {
    let name = bytes[start...].prefix(Self.longestName).prefix { Self.isLetter($0) || (0x30...0x39).contains($0) }
    return String(decoding: name.map { $0 | 0x20 }, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
