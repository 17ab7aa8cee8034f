// Where sentences begin, in Chinese and English.

/// How surely a sentence begins at a place.
enum SentenceStart {
  /// Within a sentence.
  case none
  /// At the beginning of a line.
  case line
  /// After the end of a sentence, or of a paragraph.
  case sentence

  /// Tells for each cell whether a sentence begins there. `isTextStart` says whether the cells begin with the text.
  static func find(in cells: [TextCell], isTextStart: Bool) -> [SentenceStart] {
    var starts = [SentenceStart](repeating: .none, count: cells.count)
    var end = End.none
    var spaces = 0
    var breaks = isTextStart ? 2 : 0
    for (index, cell) in cells.enumerated() {
      if cell.kind == .space {
        spaces += 1
        breaks += lineBreaks(cell.scalar)
        continue
      }
      if breaks > 1 || isAfter(end, cell, spaces: spaces) {
        starts[index] = .sentence
      } else if breaks == 1 {
        starts[index] = .line
      }
      end = next(end, cells, index, spaces: spaces)
      spaces = 0
      breaks = 0
    }
    // At the end of the text nothing is cut off.
    if let last = starts.indices.last { starts[last] = .none }
    return starts
  }

  /// What the cells so far end with.
  private enum End {
    case none
    /// 。！？； and their like, which end a sentence by themselves.
    case wide
    /// ! ? and ; which end one before white space and before Chinese.
    case narrow
    /// A full stop, which may also belong to an abbreviation.
    case dot
  }

  private static func isAfter(_ end: End, _ cell: TextCell, spaces: Int) -> Bool {
    switch end {
    case .none: return false
    case .wide: return !isClosing(cell.scalar)
    case .narrow: return (spaces > 0 || cell.kind == .free) && !isClosing(cell.scalar)
    case .dot:
      return (spaces > 0 || cell.scalar.properties.isIdeographic) && !isClosing(cell.scalar)
        && !cell.scalar.properties.isLowercase
    }
  }

  private static func next(_ end: End, _ cells: [TextCell], _ index: Int, spaces: Int) -> End {
    let scalar = cells[index].scalar
    switch scalar {
    case "。", "！", "？", "；", "｡": return .wide
    case "!", "?", ";": return end == .wide ? .wide : .narrow
    case ".":
      // The initial of a name is no sentence.
      let isInitial =
        index > 0 && cells[index - 1].scalar.properties.isUppercase
        && (index == 1 || cells[index - 2].kind == .space || cells[index - 2].scalar == ".")
      return isInitial ? .none : .dot
    default:
      // Quotation marks and brackets that close belong to the sentence before them.
      return spaces == 0 && isClosing(scalar) ? end : .none
    }
  }

  /// Punctuation that doesn't begin a line.
  static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "。", "！", "？", "；", "，", "、", "：", "｡", ".", ",", "!", "?", ";", ":", "\"", "'", "…", "％": return true
    default: break
    }
    let category = scalar.properties.generalCategory
    return category == .closePunctuation || category == .finalPunctuation
  }

  /// Punctuation that doesn't end a line.
  static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return category == .openPunctuation || category == .initialPunctuation
  }

  private static func lineBreaks(_ scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "\u{2029}": 2
    case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}": 1
    default: 0
    }
  }
}
