// The short path: words of ASCII letters.
internal import CKernels

extension TextScanner {
  /// Scans words of ASCII letters that end at a byte that can't join them to what follows. Returns false when it has
  /// come to a word that it leaves to the general scanner.
  ///
  /// What the loop changes lives in local variables; the scanner has it again when the loop is left.
  mutating func scanASCIIWords() -> Bool {
    let table = resources.table
    let base = base
    let last = end - 18
    let tokenLimit = TokenBuffer.tokenThreshold
    let arenaLimit = TokenBuffer.arenaThreshold
    let stemmer = resources.stemmer
    var writer = writer
    var position = position
    var here = offset
    var isAtWord = true
    var pending = pendingStems
    // Sixteen bytes are read at once, and one or two after them.
    while here <= last {
      let word = base + here
      let start = writer.arenaCount
      // Written before it is known whether this is a word; the arena has room behind its last byte.
      let letters = ckernels_lower_letters16(word, writer.arena + start)
      var length = Int(letters.count)
      if length == 0 {
        isAtWord = false
        break
      }
      guard length < 16 else { break }
      // A blank after a word is the rule, and a letter follows it.
      var blank = 1
      if letters.blanks >> letters.count & 1 == 0 {
        let after = table[Int(word[length])] >> 4
        if after != ASCIITable.ends {
          guard after == ASCIITable.joins else { break }
          if table[Int(word[length &+ 1])] >> 4 != ASCIITable.ends {
            guard word[length] == 0x27, word[length &+ 1] | 0x20 == 0x73, length <= StemKey.maximumLetters,
              table[Int(word[length &+ 2])] >> 4 == ASCIITable.ends
            else { break }
            writer.arena[start &+ length] = 0x27
            length &+= 2
          }
        }
        // Else a blank, or a comma or full stop and a blank.
        if word[length] != 0x20 {
          blank = word[length &+ 1] == 0x20 && table[Int(word[length])] & 0xF != ASCIITable.newline ? 2 : 0
        }
      }
      writer.arenaCount = start &+ length
      let to = here &+ length
      writer.append(term: start, length: length, kind: .exact, position: position, span: 1, from: here, to: to)
      if let stemmer {
        // Written in any case, kept where the ending may be one that the stemmer works on: no branch to predict.
        stemmer.pending[pending] = UInt32(truncatingIfNeeded: writer.count)
        let mayChange = stemmer.mayChange(last: word[length &- 1], before: word[max(length &- 2, 0)])
        pending &+= length > 2 && mayChange ? 1 : 0
      }
      writer.append(term: start, length: length, kind: .stem, position: position, span: 1, from: here, to: to)
      position &+= 1
      here = to &+ blank
      if writer.count >= tokenLimit || writer.arenaCount >= arenaLimit || pending == EnglishStemmer.batch {
        isAtWord = false
        break
      }
    }
    if pending == EnglishStemmer.batch, let stemmer {
      stemmer.resolve(pending, writer: &writer)
      pending = 0
    }
    pendingStems = pending
    self.writer = writer
    self.position = min(position, TextScanner.maximumPosition)
    offset = here
    return !isAtWord
  }

  /// Scans a number of ASCII digits that nothing joins to what follows; false where the general scanner is needed.
  mutating func scanASCIINumber() -> Bool {
    let table = resources.table
    var to = offset
    while to < end, to &- offset <= 16, table[Int(base[to])] & 0xF == ASCIITable.digit { to &+= 1 }
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
