// The terms of several segments as one list.

internal import Storage

/// Walks the terms of one space over several segments in order; a term that several of them have comes once.
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
      var cursor = unsafe try segment.terms.cursor(found)
      if try cursor.next() { walks.append(Walk(segment: place, cursor: cursor)) }
    }
  }

  /// Moves to the next term; false behind the last.
  mutating func next() throws(IndexError) -> Bool {
    for place in current.reversed() where try !walks[place].cursor.next() { walks.remove(at: place) }
    current.removeAll(keepingCapacity: true)
    sources.removeAll(keepingCapacity: true)
    guard !walks.isEmpty else { return false }
    current.append(0)
    for place in 1..<walks.count {
      let order = unsafe walks[current[0]].cursor.term.withUnsafeBufferPointer {
        unsafe walks[place].cursor.compare(to: $0)
      }
      if order < 0 { current.removeAll(keepingCapacity: true) }
      if order <= 0 { current.append(place) }
    }
    for place in current { sources.append(Source(segment: walks[place].segment, info: walks[place].cursor.info)) }
    return true
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
