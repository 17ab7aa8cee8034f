// Walks the terms that a pattern selects.

internal import Storage

extension TermDictionary {
  /// Calls `body` for each term of the space that the pattern selects, in order. Costs the terms with the pattern's
  /// prefix, or within its range.
  func forEachTerm(
    of pattern: TermSelection.Pattern, in space: Space, _ body: (TermInfo) throws(IndexError) -> Void
  ) throws(IndexError) {
    switch pattern {
    case .prefix(let prefix):
      try walk(space, from: prefix) { (cursor) throws(IndexError) in
        guard cursor.term.starts(with: prefix) else { return false }
        try body(cursor.info)
        return true
      }
    case .range(let lower, let includesLower, let upper, let includesUpper):
      try walk(space, from: lower ?? []) { (cursor) throws(IndexError) in
        if let upper {
          if upper.lexicographicallyPrecedes(cursor.term) { return false }
          if !includesUpper, upper == cursor.term { return false }
        }
        if includesLower || lower != cursor.term { try body(cursor.info) }
        return true
      }
    case .automaton(let automaton):
      let prefix = automaton.prefix
      try walk(space, from: prefix) { (cursor) throws(IndexError) in
        guard cursor.term.starts(with: prefix) else { return false }
        if automaton.accepts(cursor.term) { try body(cursor.info) }
        return true
      }
    }
  }

  private func walk(
    _ space: Space, from start: [UInt8], _ body: (borrowing TermCursor) throws(IndexError) -> Bool
  ) throws(IndexError) {
    var cursor = unsafe try start.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      try unsafe self.cursor(space, from: bytes)
    }
    while try cursor.next() {
      guard try body(cursor) else { return }
    }
  }
}
