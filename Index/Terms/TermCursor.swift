// Walks the terms of a space in order.

internal import Storage

/// Stands before the first term, on a term, or behind the last. The bytes of `term` stay valid until the
/// next move.
@safe
struct TermCursor {
  private let dictionary: TermDictionary
  private let space: TermDictionary.Space
  private let documentCount: Int
  private var block: Int
  private var entries: TermEntries?
  private var pushedBack = false

  /// The term it stands on.
  private(set) var term: [UInt8] = []
  /// What the dictionary knows of it.
  private(set) var info = TermInfo(documentFrequency: 0, totalFrequency: 0)

  /// Stands before the first term of a block of the space.
  init(dictionary: TermDictionary, space: TermDictionary.Space, block: Int, documentCount: Int) {
    self.dictionary = dictionary
    self.space = space
    self.block = block
    self.documentCount = documentCount
  }

  /// Moves to the next term; false behind the last.
  mutating func next() throws(IndexError) -> Bool {
    if pushedBack {
      pushedBack = false
      return true
    }
    while true {
      if let entry = try entries?.next() {
        term.removeSubrange(entry.shared...)
        unsafe term.append(contentsOf: entry.suffix)
        if let found = entries?.info { info = found }
        return true
      }
      guard block < space.firstBlock + space.blockCount else { return false }
      entries = try TermEntries(dictionary: dictionary, space: space, block: block, documentCount: documentCount)
      term.removeAll(keepingCapacity: true)
      block += 1
    }
  }

  /// Moves so that the next `next()` gives the first term not below `bound`.
  mutating func skip(below bound: UnsafeBufferPointer<UInt8>) throws(IndexError) {
    while try next() {
      if unsafe compare(to: bound) >= 0 {
        pushedBack = true
        return
      }
    }
  }

  /// Below 0 when the term is below `other`, 0 when equal, above 0 when above; bytewise.
  func compare(to other: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(term.count, other.count)
    for i in 0..<shared {
      let difference = unsafe Int(term[i]) - Int(other[i])
      if difference != 0 { return difference }
    }
    return term.count - other.count
  }
}
