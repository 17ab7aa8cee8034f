// The part of a query that an error message shows, and the marks below it.

/// The part of a query around a fault, as a terminal shows it.
struct QueryExcerpt {
  /// Which character of the query the fault begins at, from 1.
  let characterNumber: Int

  /// One line of the query, at most 68 columns.
  let text: String

  /// Blanks and carets that stand under the fault when both lines begin in the same column.
  let mark: String

  init(of query: String, around range: Range<Int>) {
    let utf8 = query.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound, limitedBy: utf8.endIndex) ?? utf8.endIndex
    let end = utf8.index(utf8.startIndex, offsetBy: range.upperBound, limitedBy: utf8.endIndex) ?? utf8.endIndex
    characterNumber = query[..<start].count + 1

    let head = query[..<start]
    let shownHead = String(Self.prefix(of: head.reversed(), columns: 30).reversed())
    let fault = query[start..<end]
    let shownFault = Self.prefix(of: fault, columns: 36)
    let tail = query[end...]
    let shownTail = Self.prefix(of: tail, columns: 36 - Self.columns(of: shownFault))

    let lead = (shownHead.count < head.count ? "…" : "") + Self.printable(shownHead)
    let marked = Self.printable(shownFault)
    let isCut = shownFault.count < fault.count || shownTail.count < tail.count
    text = lead + marked + Self.printable(shownTail) + (isCut ? "…" : "")
    mark =
      String(repeating: " ", count: Self.columns(of: lead))
      + String(repeating: "^", count: max(1, Self.columns(of: marked)))
  }

  /// The characters from the first on that fit into the columns.
  private static func prefix(of text: some Sequence<Character>, columns limit: Int) -> String {
    var prefix = ""
    var width = 0
    for character in text {
      width += columns(of: String(character))
      if width > limit { break }
      prefix.append(character)
    }
    return prefix
  }

  /// The text with everything that would move a terminal's cursor, or reorder the line, replaced by a blank.
  private static func printable(_ text: String) -> String {
    String(
      text.map { character in
        let disturbs = character.unicodeScalars.contains { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: true
          default: false
          }
        }
        return disturbs ? " " : character
      })
  }

  /// The columns that a terminal gives to the text.
  private static func columns(of text: String) -> Int {
    text.reduce(0) { sum, character in
      guard let first = character.unicodeScalars.first else { return sum }
      return sum + (isWide(first) ? 2 : 1)
    }
  }

  /// Whether terminals give the character two columns: the blocks that UAX #11 (East Asian Width) lists as wide or
  /// full-width, by and large.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
