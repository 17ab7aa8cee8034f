// Text as the drawing of queries sees it: words, Han runs and ends of sentences.

/// A piece of a text.
enum TextPiece: Hashable {
  /// ASCII letters and digits, lower-case, with a letter among them.
  case word(String)
  /// Han characters without anything between them.
  case han([Unicode.Scalar])
  /// The end of a sentence, or something that no query is drawn across.
  case stop

  /// Cuts a text. Everything that is neither ASCII nor Han is left out, and so are numbers: what is drawn must mean the
  /// same in every engine that it is given to.
  static func pieces(of text: String) -> [TextPiece] {
    var pieces: [TextPiece] = []
    var word = ""
    var han: [Unicode.Scalar] = []
    func finish() {
      if !word.isEmpty {
        pieces.append(word.unicodeScalars.contains { ("a"..."z").contains($0) } ? .word(word) : .stop)
        word = ""
      }
      if !han.isEmpty {
        pieces.append(.han(han))
        han = []
      }
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9":
        if !han.isEmpty { finish() }
        word.unicodeScalars.append(scalar)
      case "A"..."Z":
        if !han.isEmpty { finish() }
        word.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) + 32))
      case "\u{4E00}"..."\u{9FFF}":
        if !word.isEmpty { finish() }
        han.append(scalar)
      case " ":
        finish()
      default:
        finish()
        pieces.append(.stop)
      }
    }
    finish()
    return pieces
  }

  /// The pieces between stops.
  static func sentences(of text: String) -> [[TextPiece]] {
    pieces(of: text).split(separator: .stop).map(Array.init)
  }
}
