// Walks the terms that a pattern selects.

internal import Storage

extension TermDictionary {
  /// Calls `body` for each term of the space that the pattern selects, in order. Costs the terms with the pattern's
  /// prefix, or within its range; for an automaton, those that begin as an accepted term can, and some around them. Ends
  /// with an error when the context says so.
  func forEachTerm(
    of pattern: TermSelection.Pattern, in space: Space, _ context: ReadingContext,
    _ body: (TermInfo) throws(IndexError) -> Void
  ) throws(IndexError) {
    switch pattern {
    case .prefix(let prefix):
      try walk(space, from: prefix, context) { (cursor) throws(IndexError) in
        guard cursor.term.starts(with: prefix) else { return false }
        try body(cursor.info)
        return true
      }
    case .range(let lower, let includesLower, let upper, let includesUpper):
      try walk(space, from: lower ?? [], context) { (cursor) throws(IndexError) in
        if let upper {
          if upper.lexicographicallyPrecedes(cursor.term) { return false }
          if !includesUpper, upper == cursor.term { return false }
        }
        if includesLower || lower != cursor.term { try body(cursor.info) }
        return true
      }
    case .automaton(let automaton):
      try walk(automaton, space, context, body)
    }
  }

  /// Walks the terms that an automaton accepts. Terms that cannot be accepted are passed over one by one for the length
  /// of a block, which costs about as much as to look up the next candidate, and then the cursor is set on that.
  private func walk(
    _ automaton: any TermAutomaton, _ space: Space, _ context: ReadingContext,
    _ body: (TermInfo) throws(IndexError) -> Void
  ) throws(IndexError) {
    var matcher = automaton.makeMatcher()
    var candidate: [UInt8] = []
    var sought: [UInt8] = []
    var isSkipping = false
    var skipped = 0
    var cursor = try self.cursor(space, from: automaton.prefix)
    var walked = 0
    while try cursor.next() {
      walked += 1
      if walked & Self.termsBetweenLooks == 0, context.mustStop() { return try context.check() }
      if isSkipping {
        if cursor.term.lexicographicallyPrecedes(candidate) {
          skipped += 1
          if skipped >= TermDictionaryWriter.blockSize {
            // Candidates ascend with the terms. In a damaged dictionary they might not, and the walk might never end.
            guard sought.lexicographicallyPrecedes(candidate) else {
              throw IndexError(.corrupt, "terms are out of order", file: file.name)
            }
            sought = candidate
            cursor = try self.cursor(space, from: candidate)
            skipped = 0
          }
          continue
        }
        isSkipping = false
      }
      switch matcher.match(cursor.term, nextCandidate: &candidate) {
      case .accepted: try body(cursor.info)
      case .rejected: break
      case .skip:
        isSkipping = true
        skipped = 0
      case .exhausted: return
      }
    }
  }

  /// A mask of how many terms are walked before the context is asked whether to go on.
  private static let termsBetweenLooks = 63

  private func cursor(_ space: Space, from start: [UInt8]) throws(IndexError) -> TermCursor {
    unsafe try start.withUnsafeBufferPointer { (bytes) throws(IndexError) in try unsafe cursor(space, from: bytes) }
  }

  private func walk(
    _ space: Space, from start: [UInt8], _ context: ReadingContext,
    _ body: (borrowing TermCursor) throws(IndexError) -> Bool
  ) throws(IndexError) {
    var cursor = try self.cursor(space, from: start)
    var walked = 0
    while try cursor.next() {
      walked += 1
      if walked & Self.termsBetweenLooks == 0, context.mustStop() { return try context.check() }
      guard try body(cursor) else { return }
    }
  }
}
