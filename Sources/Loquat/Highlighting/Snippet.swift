// A passage of a text with its matches.

/// A passage of a text with its matches marked.
public struct Snippet: Sendable, Equatable {
  /// A part of a passage that is marked as a whole or not at all.
  public struct Piece: Sendable, Equatable {
    /// The text as it stands; ill-formed UTF-8 is replaced by U+FFFD.
    public let text: String
    /// Whether it is a match.
    public let isMatch: Bool
  }

  /// The UTF-8 bytes of the text that the passage covers; on character boundaries.
  public let range: Range<Int>
  /// The passage, in pieces.
  public let pieces: [Piece]
  /// Whether the passage begins within a sentence.
  public let isCutAtStart: Bool
  /// Whether the passage ends within a sentence.
  public let isCutAtEnd: Bool

  /// A snippet of a text without content.
  static let empty = Snippet(range: 0..<0, pieces: [], isCutAtStart: false, isCutAtEnd: false)

  /// The passage as HTML: matches in `<em>…</em>`, everything else escaped, white space folded to one blank, and an
  /// ellipsis where a sentence was cut.
  public func html() -> String {
    assemble { piece in
      let escaped = HTMLEscaping.escape(WhiteSpace.fold(piece.text))
      return piece.isMatch ? "<em>\(escaped)</em>" : escaped
    }
  }

  /// The passage as plain text without marks; white space folded to one blank, an ellipsis where a sentence was cut.
  public func plain() -> String { assemble { WhiteSpace.fold($0.text) } }

  /// The passage for a terminal: as `plain`, without control characters and without those that change the direction of
  /// writing, and with matches in the style given.
  public func terminal(_ style: TerminalStyle = .bold) -> String {
    assemble { piece in
      let text = TerminalText.clean(WhiteSpace.fold(piece.text))
      return piece.isMatch ? style.apply(to: text) : text
    }
  }

  private func assemble(_ piece: (Piece) -> String) -> String {
    (isCutAtStart ? "…" : "") + pieces.map(piece).joined() + (isCutAtEnd ? "…" : "")
  }
}
