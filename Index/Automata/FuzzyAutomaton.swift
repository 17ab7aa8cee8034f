// Terms that are nearly a text.

/// Accepts terms at most a few edits away from a text. An edit inserts, deletes or replaces a Unicode scalar, or swaps two
/// neighbours; no part is edited twice (optimal string alignment, the restricted form of Damerau's distance, "A technique
/// for computer detection and correction of spelling errors", 1964).
public struct FuzzyAutomaton: TermAutomaton {
  /// How many edits there can be.
  public static let editLimit = 2

  /// The bytes that no edit can touch.
  public let prefix: [UInt8]
  /// The distance, the length of the fixed beginning, and the text.
  public let description: String

  private let automaton: ScalarAutomaton

  /// Terms near `text`. O(its length).
  ///
  /// - Parameters:
  ///   - maximumEdits: How many edits away, 0 to 2; what is outside is taken for the nearer end.
  ///   - prefixLength: How many scalars at the beginning of the text must stand unchanged.
  public init(_ text: String, maximumEdits: Int, prefixLength: Int = 0) {
    let scalars = Array(text.unicodeScalars)
    let edits = min(max(maximumEdits, 0), Self.editLimit)
    let fixed = min(max(prefixLength, 0), scalars.count)
    var builder = ScalarAutomatonBuilder()
    // The states at one place of the text, by the number of edits so far. With no edit in the fixed beginning only the
    // first of a place is reached there.
    var places = [[0] + (0..<edits).map { _ in builder.addState() }]
    for _ in scalars { places.append((0...edits).map { _ in builder.addState() }) }
    for place in 0...scalars.count {
      for edit in 0...edits {
        let state = places[place][edit]
        if place < scalars.count {
          builder.addEdge(from: state, to: places[place + 1][edit], on: ScalarSet(scalars[place]))
        } else {
          builder.accept(state)
        }
        guard edit < edits, place >= fixed else { continue }
        builder.addEdge(from: state, to: places[place][edit + 1], on: .all)
        guard place < scalars.count else { continue }
        builder.addEdge(from: state, to: places[place + 1][edit + 1], on: .all)
        builder.addEdge(from: state, to: places[place + 1][edit + 1])
        guard place + 1 < scalars.count, scalars[place] != scalars[place + 1] else { continue }
        let swapped = builder.addStep(from: state, on: ScalarSet(scalars[place + 1]))
        builder.addEdge(from: swapped, to: places[place + 2][edit + 1], on: ScalarSet(scalars[place]))
      }
    }
    automaton = builder.build()
    prefix = automaton.commonPrefix()
    description = "fuzzy \(edits) \(fixed) \(text)"
  }

  /// A matcher for one walk. A term costs at most its length times a small constant, whatever the text.
  public func makeMatcher() -> any TermMatcher { ScalarMatcher(automaton) }
}
