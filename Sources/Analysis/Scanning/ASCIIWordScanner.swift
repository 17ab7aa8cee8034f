// The short path: words of ASCII letters.
internal import CKernels

extension TextScanner {
  /// Scans words of ASCII letters that end at a byte that can't join them to what follows, and the punctuation and blanks
  /// between them. Returns false when it has come to a word that it leaves to the general scanner.
  ///
  /// The bytes are classified 64 at a time; then words are stretches of bits, found without a branch for each byte and
  /// without waiting for the length of the word before. What the loop changes lives in local variables; the scanner has
  /// it again when the loop is left.
  mutating func scanASCIIWords() -> Bool {
    let base = base
    let end = end
    let stemmer = resources.stemmer
    let keep = UnsafeRawPointer(resources.keepMasks)
    var writer = writer
    var position = position
    var here = offset
    var pending = pendingStems
    var isAtWord = false
    while here < end, writer.count < TokenBuffer.tokenThreshold, writer.arenaCount < TokenBuffer.arenaThreshold {
      if pending >= EnglishStemmer.batch, let stemmer {
        stemmer.resolve(pending, writer: &writer)
        pending = 0
      }
      let block = end &- here >= ScannerResources.blockReach ? base + here : paddedBlock(at: here)
      let masks = ckernels_classify_text64(block)
      let words = ASCIIWordBits(masks)
      var starts = words.starts
      var ends = words.ends
      while ends != 0 {
        let from = starts.trailingZeroBitCount
        let to = ends.trailingZeroBitCount
        starts &= starts &- 1
        ends &= ends &- 1
        appendWord(
          block + from, length: to &- from, from: here &+ from, to: here &+ to, position: position, possessive: 0,
          stemmer, keep, &pending, &writer)
        position &+= 1
      }
      if words.isCut {
        // The word at `next` ends in nothing that this loop knows.
        let from = words.next
        let to = from &+ (~(masks.letters &>> UInt64(truncatingIfNeeded: from))).trailingZeroBitCount
        guard to < 62, block[to] == 0x27, block[to &+ 1] | 0x20 == 0x73, to &- from <= StemKey.maximumLetters,
          masks.ends &>> UInt64(truncatingIfNeeded: to &+ 2) & 1 != 0
        else {
          here &+= from
          isAtWord = true
          break
        }
        appendWord(
          block + from, length: to &- from, from: here &+ from, to: here &+ to &+ 2, position: position,
          possessive: StemKey.possessive, stemmer, keep, &pending, &writer)
        position &+= 1
        here &+= to &+ 2
        continue
      }
      here &+= words.next
      if words.stops { break }
    }
    pendingStems = pending
    self.writer = writer
    self.position = min(position, TextScanner.maximumPosition)
    offset = min(here, end)
    return !isAtWord
  }

  /// Appends the tokens of a word of 1 to 15 letters. Sixteen bytes are read at `word`, and written to the arena, which
  /// has room for more than a block's words.
  @inline(__always)
  private func appendWord(
    _ word: UnsafePointer<UInt8>, length: Int, from: Int, to: Int, position: Int32, possessive: UInt64,
    _ stemmer: EnglishStemmer?, _ keep: UnsafeRawPointer, _ pending: inout Int, _ writer: inout TokenWriter
  ) {
    let keep = keep + (16 &- length)
    let first = UnsafeRawPointer(word).loadUnaligned(as: UInt64.self).littleEndian
    let second = UnsafeRawPointer(word).loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian
    let low = (first | 0x2020_2020_2020_2020) & keep.loadUnaligned(as: UInt64.self).littleEndian
    let high = (second | 0x2020_2020_2020_2020) & keep.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian
    let start = writer.arenaCount
    let term = UnsafeMutableRawPointer(writer.arena + start)
    term.storeBytes(of: low.littleEndian, as: UInt64.self)
    term.storeBytes(of: high.littleEndian, toByteOffset: 8, as: UInt64.self)
    var termLength = length
    if possessive != 0 {
      term.storeBytes(of: UInt16(0x7327).littleEndian, toByteOffset: length, as: UInt16.self)
      termLength &+= 2
    }
    writer.arenaCount = start &+ termLength
    writer.append(term: start, length: termLength, kind: .exact, position: position, span: 1, from: from, to: to)
    if let stemmer {
      // Written in any case, kept where the ending may be one that the stemmer works on: no branch to predict.
      stemmer.pending[pending] = EnglishStemmer.PendingWord(
        key: StemKey.key(low, high) | possessive, token: writer.count)
      let last = possessive == 0 ? word[length &- 1] : 0x73
      let before = possessive == 0 ? word[max(length &- 2, 0)] : 0x27
      let mayChange = stemmer.mayChange(last: last, before: before)
      pending &+= termLength > 2 && mayChange ? 1 : 0
    }
    writer.append(term: start, length: termLength, kind: .stem, position: position, span: 1, from: from, to: to)
  }

  /// The end of the text with blanks behind it: no word goes on there, and nothing is read beyond the text.
  private func paddedBlock(at here: Int) -> UnsafePointer<UInt8> {
    let block = resources.lastBlock
    let count = end &- here
    block.update(from: base + here, count: count)
    (block + count).update(repeating: 0x20, count: ScannerResources.blockReach &- count)
    return UnsafePointer(block)
  }

  /// Scans a number of ASCII digits that nothing joins to what follows; false where the general scanner is needed.
  mutating func scanASCIINumber() -> Bool {
    let table = resources.table
    var to = offset
    while to < end, table[Int(base[to])] & 0xF == ASCIITable.digit { to &+= 1 }
    guard to &+ 1 < end, to &- offset <= 16, base[to] != 0x25 else { return false }
    let next = base[to &+ 1]
    switch table[Int(base[to])] >> 4 {
    case ASCIITable.ends: guard base[to] != 0x2C || table[Int(next)] & 0xF != ASCIITable.digit else { return false }
    case ASCIITable.joins: guard table[Int(next)] >> 4 == ASCIITable.ends else { return false }
    default: return false
    }
    let term = writer.store(base + offset, count: to &- offset)
    emitWord(term, to &- offset, stem: nil, span: 1, from: offset, to: to, at: position)
    advancePosition(by: 1)
    offset = to
    return true
  }
}
