// Regular expressions over terms.

/// Accepts terms that a regular expression matches from the first scalar to the last.
///
/// The syntax, over Unicode scalars: `.` is any; `[a-z中]` and `[^a-z]` are classes; `\d`, `\w`, `\s` are digits, word
/// characters and white space of any script, `\D`, `\W`, `\S` all others; `\t \n \r \f \v`, `\xHH`, `\uHHHH` and
/// `\u{H…}` are characters by name or number; a backslash before anything but an ASCII letter or digit takes it as it
/// stands. `(…)` and `(?:…)` are groups, `|` is between alternatives, and `* + ? {m} {m,} {m,n}` repeat what is before.
/// A `^` that begins the pattern and a `$` that ends it change nothing. There are no back references.
public struct RegularExpressionAutomaton: TermAutomaton {
  /// The longest pattern, in Unicode scalars.
  public static let patternLengthLimit = 4_096
  /// The highest count in `{m,n}`.
  public static let repetitionLimit = 1_000
  /// How deep groups can be nested.
  public static let nestingLimit = 100
  /// How many states an automaton can have; a character of the pattern takes about one, and repetitions multiply.
  public static let stateLimit = 10_000

  /// The literal bytes that every match begins with.
  public let prefix: [UInt8]
  /// The pattern.
  public let description: String

  let automaton: ScalarAutomaton

  /// Reads a pattern. O(states + scalars and ranges of its classes), but for sorting.
  ///
  /// - Throws: The first fault of the pattern, or the limit that it goes beyond.
  public init(_ pattern: String) throws(RegularExpressionError) {
    let tree = try RegularExpressionParser.parse(pattern)
    var builder = ScalarAutomatonBuilder()
    builder.accept(try Self.add(tree, from: 0, to: &builder, position: 0))
    automaton = builder.build()
    prefix = automaton.commonPrefix()
    description = "regexp \(pattern)"
  }

  /// A matcher for one walk. A term costs at most its length times the states of the automaton, but for sorting.
  public func makeMatcher() -> any TermMatcher { ScalarMatcher(automaton) }

  /// Adds the states of a part behind a state; returns the state behind the part. Every part but an empty one adds a
  /// state, so that the limit bounds the time as well.
  private static func add(
    _ node: RegularExpressionNode, from start: Int, to builder: inout ScalarAutomatonBuilder, position: Int
  ) throws(RegularExpressionError) -> Int {
    guard builder.stateCount < stateLimit else {
      throw RegularExpressionError(
        message: "the pattern, its repetitions counted, needs more than \(stateLimit) states", position: position)
    }
    switch node {
    case .empty: return start
    case .set(let set): return builder.addStep(from: start, on: set)
    case .concatenation(let parts):
      var state = start
      for part in parts { state = try add(part, from: state, to: &builder, position: position) }
      return state
    case .alternation(let parts):
      let end = builder.addState()
      for part in parts {
        // A state of its own keeps the loops of one alternative out of the others.
        let first = builder.addState()
        builder.addEdge(from: start, to: first)
        builder.addEdge(from: try add(part, from: first, to: &builder, position: position), to: end)
      }
      return end
    case .repetition(let part, let minimum, let maximum, let position):
      var state = start
      for _ in 0..<minimum { state = try add(part, from: state, to: &builder, position: position) }
      guard let maximum else {
        let loop = builder.addState()
        builder.addEdge(from: state, to: loop)
        builder.addEdge(from: try add(part, from: loop, to: &builder, position: position), to: loop)
        return loop
      }
      guard maximum > minimum else { return state }
      let end = builder.addState()
      builder.addEdge(from: state, to: end)
      for _ in minimum..<maximum {
        state = try add(part, from: state, to: &builder, position: position)
        builder.addEdge(from: state, to: end)
      }
      return end
    }
  }
}
