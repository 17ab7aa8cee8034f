// How matches look in a terminal.

/// How matches look in a terminal; by the control sequences of ECMA-48 (SGR).
public enum TerminalStyle: Sendable, CaseIterable {
  /// As everything else.
  case plain
  /// In bold.
  case bold
  /// In bold red.
  case colour

  func apply(to text: String) -> String {
    switch self {
    case .plain: text
    case .bold: "\u{1B}[1m\(text)\u{1B}[22m"
    case .colour: "\u{1B}[1;31m\(text)\u{1B}[0m"
    }
  }
}
