// The terms of several segments as one list.

internal import Storage

/// Walks the terms of one space over several segments in order; a term that several of them have comes once. O(k) a
/// term for k segments, which are few.
struct MergedTerms {
  /// A field and a kind of its terms.
  struct Space: Hashable, Comparable {
    let field: FieldNumber
    let space: TermSpace

    static func < (a: Space, b: Space) -> Bool { (a.field, a.space) < (b.field, b.space) }
  }

  /// Where a segment has the term.
  struct Source {
    let segment: Int
    let info: TermInfo
  }

  private struct Walk {
    let segment: Int
    var cursor: TermCursor
    /// The first bytes of the cursor's term, which tell most terms apart.
    var prefix: UInt64 = 0

    mutating func next() throws(IndexError) -> Bool {
      guard try cursor.next() else { return false }
      prefix = unsafe cursor.term.withUnsafeBufferPointer { unsafe TermPrefix.of($0) }
      return true
    }
  }

  private var walks: [Walk] = []
  /// The walks that stand on the current term.
  private var current: [Int] = []

  /// The segments that have the current term, ascending.
  private(set) var sources: [Source] = []

  /// The spaces of any of the segments, ascending.
  static func spaces(of segments: [SegmentReader]) -> [Space] {
    var spaces: Set<Space> = []
    for segment in segments {
      for space in segment.terms.spaces {
        spaces.insert(Space(field: space.statistics.field, space: space.statistics.space))
      }
    }
    return spaces.sorted()
  }

  /// Stands before the first term.
  ///
  /// - Throws: `corrupt` when a segment keeps positions in this space and the schema says otherwise.
  init(_ space: Space, of segments: [SegmentReader], hasPositions: Bool) throws(IndexError) {
    for (place, segment) in segments.enumerated() {
      guard let found = segment.terms.space(field: space.field, space: space.space) else { continue }
      guard found.statistics.hasPositions == hasPositions else {
        throw IndexError(
          .corrupt, "a term space keeps positions in one segment and not in another",
          file: segment.info.fileName(.terms))
      }
      var walk = Walk(segment: place, cursor: unsafe try segment.terms.cursor(found))
      if try walk.next() { walks.append(walk) }
    }
  }

  /// Moves to the next term; false behind the last.
  mutating func next() throws(IndexError) -> Bool {
    for place in current.reversed() where try !walks[place].next() { walks.remove(at: place) }
    current.removeAll(keepingCapacity: true)
    sources.removeAll(keepingCapacity: true)
    for place in walks.indices {
      let order = current.isEmpty ? -1 : compare(place, current[0])
      if order < 0 { current.removeAll(keepingCapacity: true) }
      if order <= 0 { current.append(place) }
    }
    for place in current { sources.append(Source(segment: walks[place].segment, info: walks[place].cursor.info)) }
    return !current.isEmpty
  }

  private func compare(_ a: Int, _ b: Int) -> Int {
    if walks[a].prefix != walks[b].prefix { return walks[a].prefix < walks[b].prefix ? -1 : 1 }
    return unsafe walks[b].cursor.term.withUnsafeBufferPointer { unsafe walks[a].cursor.compare(to: $0) }
  }

  /// The documents with the current term, deleted ones included.
  var documentFrequency: Int { sources.reduce(0) { $0 + $1.info.documentFrequency } }

  /// Calls `body` with the bytes of the current term.
  func withTerm(_ body: (UnsafeBufferPointer<UInt8>) throws(IndexError) -> Void) throws(IndexError) {
    guard let place = current.first else { return }
    unsafe try walks[place].cursor.term.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      try unsafe body(bytes)
    }
  }
}
