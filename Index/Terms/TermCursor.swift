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
  private var bytes = unsafe RawCursor(TermCursor.nothing, count: 0)
  private var left = 0
  private var postingsOffset = 0
  private var positionsOffset = 0
  private var previousSingle = 0
  private var pushedBack = false

  /// The term it stands on.
  private(set) var term: [UInt8] = []
  /// What the dictionary knows of it.
  private(set) var info = TermInfo(documentFrequency: 0, totalFrequency: 0)

  nonisolated(unsafe) private static let nothing = unsafe UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

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
    if left == 0 {
      guard block < space.firstBlock + space.blockCount else { return false }
      try enterBlock()
    }
    left -= 1
    try readEntry()
    return true
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

  private mutating func enterBlock() throws(IndexError) {
    let raw = try unsafe dictionary.blockBytes(block)
    guard let cursor = unsafe RawCursor(raw) else { throw corrupt("an empty block of terms") }
    bytes = cursor
    let before = (block - space.firstBlock) * TermDictionaryWriter.blockSize
    left = min(TermDictionaryWriter.blockSize, space.statistics.terms - before)
    postingsOffset = bytes.count()
    positionsOffset = bytes.count()
    previousSingle = 0
    term.removeAll(keepingCapacity: true)
    block += 1
    if bytes.failed { throw corrupt("a block of terms ends early") }
  }

  private mutating func readEntry() throws(IndexError) {
    let lengths = bytes.byte()
    var shared = Int(lengths >> 4)
    var suffix = Int(lengths & 15)
    if shared == 15 { shared += bytes.count() }
    if suffix == 15 { suffix += bytes.count() }
    guard shared <= term.count, shared + suffix <= IndexLimits.termLength, let start = unsafe bytes.bytes(suffix) else {
      throw corrupt("a term's length is out of range")
    }
    term.removeSubrange(shared...)
    unsafe term.append(contentsOf: UnsafeBufferPointer(start: start, count: suffix))

    let first = bytes.count()
    if first <= 1 {
      let document = previousSingle &+ Int(ZigZag.decode(bytes.varint()))
      let frequency = first == 0 ? 1 : bytes.count() + 2
      guard (0..<documentCount).contains(document) else { throw corrupt("a term's document is out of range") }
      previousSingle = document
      info = TermInfo(documentFrequency: 1, totalFrequency: frequency)
      info.singleDocument = DocID(document)
    } else {
      guard first <= documentCount else { throw corrupt("a term is in more documents than there are") }
      let more = bytes.count()
      info = TermInfo(documentFrequency: first, totalFrequency: first + more)
      let length = bytes.count()
      info.postings = postingsOffset..<postingsOffset + length
      postingsOffset += length
    }
    if space.statistics.hasPositions, info.totalFrequency == 1 {
      info.singlePosition = UInt32(clamping: bytes.count())
    } else if space.statistics.hasPositions {
      let length = bytes.count()
      info.positions = positionsOffset..<positionsOffset + length
      positionsOffset += length
    }
    // Sums of 32 counts below 2^48 cannot overflow; where they point is checked when the list is opened.
    if bytes.failed { throw corrupt("a block of terms ends early") }
  }

  private func corrupt(_ message: String) -> IndexError {
    IndexError(.corrupt, message, file: dictionary.file.name)
  }
}
