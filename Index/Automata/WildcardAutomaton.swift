// Patterns with wildcards.

/// Accepts terms of a form: literal text, any character, any string, one after the other from the first byte to the last.
/// A character is a Unicode scalar.
public struct WildcardAutomaton: TermAutomaton {
  /// A piece of a pattern.
  public enum Part: Sendable, Hashable {
    /// The text as it stands.
    case literal(String)
    /// Any one scalar.
    case anyCharacter
    /// Any number of any scalars.
    case anyString
  }

  /// The literal bytes before the first wildcard.
  public let prefix: [UInt8]
  /// The pattern, with `?` and `*` for wildcards and a backslash before those of the text.
  public let description: String

  private let automaton: ScalarAutomaton

  /// A pattern of pieces. O(their length).
  public init(_ parts: some Sequence<Part>) {
    var builder = ScalarAutomatonBuilder()
    var state = 0
    var loops: Set<Int> = []
    var description = "wildcard "
    for part in parts {
      switch part {
      case .literal(let text):
        for scalar in text.unicodeScalars {
          state = builder.addStep(from: state, on: ScalarSet(scalar))
          if scalar == "*" || scalar == "?" || scalar == "\\" { description.unicodeScalars.append("\\") }
          description.unicodeScalars.append(scalar)
        }
      case .anyCharacter:
        state = builder.addStep(from: state, on: .all)
        description += "?"
      case .anyString:
        if loops.insert(state).inserted { builder.addEdge(from: state, to: state, on: .all) }
        description += "*"
      }
    }
    builder.accept(state)
    automaton = builder.build()
    prefix = automaton.commonPrefix()
    self.description = description
  }

  /// A matcher for one walk. A term costs at most its length times the pattern's, but for sorting.
  public func makeMatcher() -> any TermMatcher { ScalarMatcher(automaton) }
}
