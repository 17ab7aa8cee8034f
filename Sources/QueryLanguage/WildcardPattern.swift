// A pattern of literal text and wildcards, free of escapes.

/// A pattern of literal text and wildcards, over Unicode scalars. Escapes are resolved: a `*` in a literal is a star.
///
/// Patterns are kept in one form: neighbouring literals are joined, empty ones left out, and a run of `*` is one `*`.
public struct WildcardPattern: Sendable, Hashable {
  /// A piece of a pattern.
  public enum Part: Sendable, Hashable {
    /// The text as it stands.
    case literal(String)

    /// Any one character, written `?`.
    case anyCharacter

    /// Any number of any characters, written `*`.
    case anyString
  }

  /// The pieces, from the first to the last.
  public private(set) var parts: [Part] = []

  /// A pattern of the pieces given. O(total length).
  public init(_ parts: some Sequence<Part>) {
    for part in parts { append(part) }
  }

  /// The pattern that `text` spells: `*` and `?` are wildcards unless a backslash precedes them. O(length).
  public init(parsing text: String) {
    var literal = String.UnicodeScalarView()
    var escaped = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\" where !escaped:
        escaped = true
        continue
      case "*" where !escaped, "?" where !escaped:
        append(.literal(String(literal)))
        append(scalar == "*" ? .anyString : .anyCharacter)
        literal = String.UnicodeScalarView()
      default:
        literal.append(scalar)
      }
      escaped = false
    }
    if escaped { literal.append("\\") }
    append(.literal(String(literal)))
  }

  mutating func append(_ part: Part) {
    switch (part, parts.last) {
    case (.literal(""), _), (.anyString, .anyString):
      return
    case (.literal(let text), .literal(let before)):
      parts[parts.count - 1] = .literal(before + text)
    default:
      parts.append(part)
    }
  }
}
