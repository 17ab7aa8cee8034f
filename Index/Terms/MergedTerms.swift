// Walks the terms of several segments side by side.

internal import Storage

/// The terms of one space in several dictionaries, in order, each once, with what each dictionary has of it. O(k) a
/// term for k dictionaries, which are few.
struct MergedTerms {
  private struct Source {
    /// The number that the caller knows the dictionary by.
    let segment: Int
    var cursor: TermCursor
    /// The first bytes of the cursor's term, which tell most terms apart.
    var prefix: UInt64
  }

  private var sources: [Source] = []
  /// The places of the sources that stand on the term; they move on at the next step.
  private var current: [Int] = []

  /// How many dictionaries have the term.
  var count: Int { current.count }

  /// Adds a dictionary; the cursor stands before its first term. Segments are added in ascending order, all before the
  /// first step.
  mutating func add(_ cursor: TermCursor, segment: Int) throws(IndexError) {
    var source = Source(segment: segment, cursor: cursor, prefix: 0)
    if try Self.move(&source) { sources.append(source) }
  }

  private static func move(_ source: inout Source) throws(IndexError) -> Bool {
    guard try source.cursor.next() else { return false }
    source.prefix = unsafe source.cursor.term.withUnsafeBufferPointer { unsafe TermPrefix.of($0) }
    return true
  }

  /// Moves to the next term; false behind the last.
  mutating func next() throws(IndexError) -> Bool {
    for place in current.reversed() where try !Self.move(&sources[place]) { sources.remove(at: place) }
    current.removeAll(keepingCapacity: true)
    for place in sources.indices {
      let order = current.isEmpty ? -1 : compare(place, current[0])
      if order < 0 { current.removeAll(keepingCapacity: true) }
      if order <= 0 { current.append(place) }
    }
    return !current.isEmpty
  }

  private func compare(_ a: Int, _ b: Int) -> Int {
    if sources[a].prefix != sources[b].prefix { return sources[a].prefix < sources[b].prefix ? -1 : 1 }
    return unsafe sources[b].cursor.term.withUnsafeBufferPointer { unsafe sources[a].cursor.compare(to: $0) }
  }

  /// The segment and the facts of one of the ``count`` dictionaries that have the term; segments ascend.
  subscript(index: Int) -> (segment: Int, info: TermInfo) {
    let place = current[index]
    return (sources[place].segment, sources[place].cursor.info)
  }

  /// The term's bytes for the duration of `body`.
  func withTerm<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
    unsafe try sources[current[0]].cursor.term.withUnsafeBufferPointer { (bytes) throws(E) in try unsafe body(bytes) }
  }
}
