// Turns postings, which come term by term, into lists of terms, document by document.

/// Writing each term straight to its document's list would touch another place in memory with every posting. So postings
/// are put down by groups of neighbouring documents first, one word for each, and then each group by itself, in the
/// cache. Memory: eight bytes for each posting.
@safe
final class Transposition {
  private let starts: FlatBuffer<UInt32>
  private let count: Int
  /// A document's place in its group has this many bits.
  private let groupBits: Int
  /// The place in the group in the low bits, the term above; each group where its lists will be.
  private let grouped: FlatBuffer<UInt32>
  private let ends: FlatBuffer<UInt32>

  /// `starts` says where the list of each document begins, and where the last ends.
  init(starts: FlatBuffer<UInt32>, termCount: Int) {
    self.starts = starts
    count = starts.count - 1
    let termBits = Int.bitWidth - max(0, termCount - 1).leadingZeroBitCount
    precondition(termBits <= 32)
    groupBits = min(12, 32 - termBits)
    grouped = FlatBuffer(uninitialized: Int(starts[count]))
    let groups = count >> groupBits + 1
    ends = FlatBuffer(uninitialized: groups)
    for group in 0..<groups { ends[group] = starts[min(count, group << groupBits)] }
  }

  /// Adds a posting; terms ascend.
  @inline(__always)
  func add(term: UInt32, document: DocID) {
    let group = Int(document) >> groupBits
    let end = unsafe Int(ends.base[group])
    precondition(end < grouped.count, "more postings than were counted")
    unsafe grouped.base[end] = term << UInt32(groupBits) | document & (1 << UInt32(groupBits) - 1)
    unsafe ends.base[group] = UInt32(truncatingIfNeeded: end + 1)
  }

  /// The lists of all documents, one behind the other.
  ///
  /// - Precondition: as many postings were added to each document as its list is long.
  func finish() -> FlatBuffer<UInt32> {
    let terms = FlatBuffer<UInt32>(uninitialized: grouped.count)
    let next = FlatBuffer<UInt32>(uninitialized: 1 << groupBits)
    for group in 0..<ends.count {
      let first = group << groupBits
      guard first < count else { break }
      let last = min(count, first + 1 << groupBits)
      precondition(ends[group] == starts[last], "other postings than were counted")
      for document in first..<last { next[document - first] = starts[document] }
      for place in Int(starts[first])..<Int(starts[last]) {
        let posting = unsafe grouped.base[place]
        let document = Int(posting & (1 << UInt32(groupBits) - 1))
        let at = unsafe Int(next.base[document])
        precondition(at < terms.count, "other postings than were counted")
        unsafe terms.base[at] = posting >> UInt32(groupBits)
        unsafe next.base[document] = UInt32(truncatingIfNeeded: at + 1)
      }
    }
    return terms
  }
}
