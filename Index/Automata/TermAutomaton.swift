// What a pattern over terms offers to a walk over the dictionary.

/// Accepts or rejects terms. It never changes; what a walk over terms learns is in its matcher.
public protocol TermAutomaton: Sendable {
  /// Bytes that every accepted term begins with, so that a walk over the terms can start there.
  var prefix: [UInt8] { get }
  /// Tells automata apart: different ones have descriptions of different bytes.
  var description: String { get }
  /// A matcher for one walk over the terms.
  func makeMatcher() -> any TermMatcher
}

extension TermAutomaton {
  /// Whether a term is accepted. For many terms, make one matcher.
  public func accepts(_ term: [UInt8]) -> Bool {
    var matcher = makeMatcher()
    var unused: [UInt8] = []
    return matcher.match(term, nextCandidate: &unused) == .accepted
  }
}
