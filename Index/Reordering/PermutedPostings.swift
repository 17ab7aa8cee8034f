// Posting lists in a new order of the documents.

internal import Storage

/// Gathers the postings and positions of one term from several segments and writes them in the order of the documents'
/// new numbers.
///
/// What is gathered of a document goes to the place of its new number; a bit set of the numbers, with a bit for each of
/// its words in a second one, is then read in order, so that nothing is sorted. Memory: eight bytes for each document of the
/// segment, and up to `limit` for the positions of a term: where a list has more, it is read again for each part of the
/// documents.
@safe
final class PermutedPostings {
  /// A posting list and where it is from.
  struct List {
    let segment: Int
    let reader: SegmentReader
    let info: TermInfo
  }

  private let numbering: DocumentNumbering
  /// Occurrences that are gathered at a time.
  private let limit: Int
  private let frequencies: FlatBuffer<UInt32>
  private let firstPositions: FlatBuffer<UInt32>
  private let present: FlatBuffer<UInt64>
  private let presentWords: FlatBuffer<UInt64>
  /// Deltas of positions.
  private var deltas: [UInt32] = []

  init(numbering: DocumentNumbering, limitInBytes: Int) {
    self.numbering = numbering
    // The array may have room for twice as many as it holds.
    limit = min(max(1 << 10, limitInBytes / 8), Int(UInt32.max))
    frequencies = FlatBuffer(uninitialized: numbering.count)
    firstPositions = FlatBuffer(uninitialized: numbering.count)
    present = FlatBuffer(zeros: (numbering.count + 63) / 64)
    presentWords = FlatBuffer(zeros: (present.count + 63) / 64)
  }

  /// Adds the live documents of the lists to the term that `writer` was given. Returns how many there are.
  func write(_ lists: [List], hasPositions: Bool, to writer: PostingsWriter) throws(IndexError) -> Int {
    var written = 0
    for range in try rounds(lists, hasPositions: hasPositions) {
      deltas.removeAll(keepingCapacity: true)
      for list in lists { try gather(list, range, hasPositions: hasPositions) }
      written += emit(hasPositions: hasPositions, to: writer)
    }
    return written
  }

  /// The new numbers that are dealt with at a time: all, unless the occurrences are too many.
  private func rounds(_ lists: [List], hasPositions: Bool) throws(IndexError) -> [Range<DocID>] {
    let all = 0..<DocID(numbering.count)
    guard hasPositions, lists.reduce(0, { $0 + $1.info.totalFrequency }) > limit else { return [all] }
    let width = max(64, (numbering.count + 1023) / 1024)
    var occurrences = [Int](repeating: 0, count: (numbering.count + width - 1) / width)
    for list in lists {
      let context = ReadingContext()
      var cursor = try list.reader.postingsCursor(list.info, hasPositions: hasPositions, context: context)
      while cursor.next() != .end {
        let number = numbering.number(of: cursor.document, in: list.segment)
        if number != .end { occurrences[Int(number) / width] += Int(cursor.frequency) }
      }
      try context.check()
    }
    return Self.ranges(of: occurrences, limit: limit, width: width, count: numbering.count)
  }

  /// Ranges of numbers, each of whole classes of `width`, with at most `limit` in a range of more than one class.
  static func ranges(of sums: [Int], limit: Int, width: Int, count: Int) -> [Range<DocID>] {
    var ranges: [Range<DocID>] = []
    var start = 0
    var sum = 0
    for (place, more) in sums.enumerated() {
      if sum > 0, sum + more > limit {
        ranges.append(DocID(start)..<DocID(place * width))
        start = place * width
        sum = 0
      }
      sum += more
    }
    ranges.append(DocID(start)..<DocID(count))
    return ranges
  }

  private func gather(_ list: List, _ range: Range<DocID>, hasPositions: Bool) throws(IndexError) {
    let context = ReadingContext()
    var cursor = try list.reader.postingsCursor(list.info, hasPositions: hasPositions, context: context)
    var reader = hasPositions ? try list.reader.positionsCursor(list.info, context: context) : nil
    var positions = PositionList()
    while cursor.next() != .end {
      let number = numbering.number(of: cursor.document, in: list.segment)
      guard range.contains(number) else { continue }
      let place = Int(number)
      let frequency = cursor.frequency
      unsafe frequencies.base[place] = frequency
      unsafe present.base[place >> 6] |= 1 << UInt64(place & 63)
      unsafe presentWords.base[place >> 12] |= 1 << UInt64(place >> 6 & 63)
      guard reader != nil else { continue }
      guard deltas.count <= Int(UInt32.max) - Int(frequency) else {
        throw IndexError(.limitExceeded, "a term has too many positions", file: list.reader.positions.name)
      }
      unsafe firstPositions.base[place] = UInt32(deltas.count)
      reader?.read(&cursor, block: cursor.currentBlock, place: cursor.place, into: &positions)
      // A damaged list gives none, which the check below turns into an error.
      if positions.count != Int(frequency) { break }
      var previous: UInt32 = 0
      for at in 0..<positions.count {
        deltas.append(positions[at] &- previous)
        previous = positions[at]
      }
    }
    try context.check()
  }

  /// Writes what was gathered and clears the bit sets.
  private func emit(hasPositions: Bool, to writer: PostingsWriter) -> Int {
    var written = 0
    for group in 0..<presentWords.count {
      var words = unsafe presentWords.base[group]
      if words == 0 { continue }
      unsafe presentWords.base[group] = 0
      while words != 0 {
        let word = group << 6 | words.trailingZeroBitCount
        words &= words &- 1
        var bits = unsafe present.base[word]
        unsafe present.base[word] = 0
        while bits != 0 {
          let place = word << 6 | bits.trailingZeroBitCount
          bits &= bits &- 1
          let frequency = unsafe frequencies.base[place]
          if hasPositions {
            let first = unsafe Int(firstPositions.base[place])
            for at in first..<first + Int(frequency) { writer.add(positionDelta: deltas[at]) }
          }
          writer.add(document: DocID(place), frequency: frequency)
          written += 1
        }
      }
    }
    return written
  }
}
