// Reads the entries of one block of the term dictionary; the grammar is in `TermDictionaryWriter.swift`.

internal import Storage

/// The entries of a block, one after another, with what they say of their terms.
///
/// Invariant: `bytes` lies in the dictionary's file, which the dictionary keeps alive.
@safe
struct TermEntries {
  /// How a term differs from the one before.
  @safe
  struct Entry {
    /// Bytes shared with the term before; not more than that has.
    let shared: Int
    /// What follows them. Valid while the dictionary lives.
    let suffix: UnsafeBufferPointer<UInt8>
  }

  private let dictionary: TermDictionary
  private let hasPositions: Bool
  private let documentCount: Int
  private var bytes: RawCursor
  private var left: Int
  private var postingsOffset: Int
  private var positionsOffset: Int
  private var previousSingle = 0
  private var previousLength = 0

  /// What the dictionary knows of the last term that was read.
  private(set) var info = TermInfo(documentFrequency: 0, totalFrequency: 0)

  /// - Throws: `corrupt` when there is no such block.
  init(dictionary: TermDictionary, space: TermDictionary.Space, block: Int, documentCount: Int) throws(IndexError) {
    self.dictionary = dictionary
    self.documentCount = documentCount
    hasPositions = space.statistics.hasPositions
    let raw = try unsafe dictionary.blockBytes(block)
    guard let cursor = unsafe RawCursor(raw) else { throw Self.corrupt(dictionary, "an empty block of terms") }
    bytes = cursor
    let before = (block - space.firstBlock) * TermDictionaryWriter.blockSize
    left = min(TermDictionaryWriter.blockSize, space.statistics.terms - before)
    postingsOffset = bytes.count()
    positionsOffset = bytes.count()
    if bytes.failed { throw Self.corrupt(dictionary, "a block of terms ends early") }
  }

  /// The next entry; nil behind the last.
  ///
  /// - Throws: `corrupt` when it is malformed.
  @inline(__always)
  mutating func next() throws(IndexError) -> Entry? {
    if left == 0 { return nil }
    left -= 1
    let lengths = bytes.byte()
    var shared = Int(lengths >> 4)
    var length = Int(lengths & 15)
    if shared == 15 { shared += bytes.count() }
    if length == 15 { length += bytes.count() }
    guard shared <= previousLength, shared + length <= IndexLimits.termLength, let start = unsafe bytes.bytes(length)
    else { throw Self.corrupt(dictionary, "a term's length is out of range") }
    previousLength = shared + length
    try readInfo()
    return unsafe Entry(shared: shared, suffix: UnsafeBufferPointer(start: start, count: length))
  }

  @inline(__always)
  private mutating func readInfo() throws(IndexError) {
    let first = bytes.count()
    if first <= 1 {
      let document = previousSingle &+ Int(ZigZag.decode(bytes.varint()))
      let frequency = first == 0 ? 1 : bytes.count() + 2
      guard (0..<documentCount).contains(document) else {
        throw Self.corrupt(dictionary, "a term's document is out of range")
      }
      previousSingle = document
      info = TermInfo(documentFrequency: 1, totalFrequency: frequency)
      info.singleDocument = DocID(document)
    } else {
      guard first <= documentCount else {
        throw Self.corrupt(dictionary, "a term is in more documents than there are")
      }
      let more = bytes.count()
      info = TermInfo(documentFrequency: first, totalFrequency: first + more)
      let length = bytes.count()
      info.postings = postingsOffset..<postingsOffset + length
      postingsOffset += length
    }
    if hasPositions, info.totalFrequency == 1 {
      info.singlePosition = UInt32(clamping: bytes.count())
    } else if hasPositions {
      let length = bytes.count()
      info.positions = positionsOffset..<positionsOffset + length
      positionsOffset += length
    }
    // Sums of 32 counts below 2^48 cannot overflow; where they point is checked when the list is opened.
    if bytes.failed { throw Self.corrupt(dictionary, "a block of terms ends early") }
  }

  private static func corrupt(_ dictionary: TermDictionary, _ message: String) -> IndexError {
    IndexError(.corrupt, message, file: dictionary.file.name)
  }
}
