// The block of metadata that many Markdown files begin with.

/// YAML or TOML between lines of `---` or `+++` at the very start of a file, of which only plain values are understood.
struct MarkdownFrontMatter {
  /// The value of `title`, or nothing.
  private(set) var title = ""
  /// Values that readers search for: the description or summary, and keywords.
  private(set) var searchableValues: [String] = []
  /// The offset of what follows.
  private(set) var end = 0

  private static let searchableKeys: Set<String> = ["description", "summary", "subtitle", "keywords", "tags"]

  init(_ text: [UInt8]) {
    let isYAML = text.starts(with: Array("---".utf8))
    guard isYAML || text.starts(with: Array("+++".utf8)) else { return }
    let fence = Array(text.prefix(3))
    var position = 0
    var isFirst = true
    while position < text.count {
      let lineEnd = text[position...].firstIndex(of: 0x0A) ?? text.count
      let line = Self.trimmed(text[position..<lineEnd])
      position = min(lineEnd + 1, text.count)
      if isFirst {
        guard line.elementsEqual(fence) else { return }
        isFirst = false
      } else if line.elementsEqual(fence) {
        end = position
        return
      } else {
        read(line, separator: isYAML ? UInt8(ascii: ":") : UInt8(ascii: "="))
      }
    }
    // Without an end it was a thematic break and no metadata.
    title = ""
    searchableValues = []
  }

  private mutating func read(_ line: ArraySlice<UInt8>, separator: UInt8) {
    guard let colon = line.firstIndex(of: separator) else { return }
    let key = String(decoding: Self.trimmed(line[..<colon]), as: UTF8.self).lowercased()
    let value = Self.unquoted(Self.trimmed(line[(colon + 1)...]))
    guard !value.isEmpty else { return }
    if key == "title", title.isEmpty {
      title = TextBuilder.title(of: value)
    } else if Self.searchableKeys.contains(key), value.first != UInt8(ascii: "|"), value.first != UInt8(ascii: ">") {
      searchableValues.append(String(decoding: value.filter { $0 != 0x5B && $0 != 0x5D && $0 != 0x22 }, as: UTF8.self))
    }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop { $0 <= 0x20 }
    while let last = line.last, last <= 0x20 { line.removeLast() }
    return line
  }

  private static func unquoted(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard value.count >= 2, let first = value.first, first == 0x22 || first == 0x27, value.last == first else {
      return value
    }
    return value.dropFirst().dropLast()
  }
}
