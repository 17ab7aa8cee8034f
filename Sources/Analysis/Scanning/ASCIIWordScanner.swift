// The short path: words of ASCII letters.

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
      let first = UnsafeRawPointer(word).loadUnaligned(as: UInt64.self).littleEndian
      var low = first | 0x2020_2020_2020_2020
      var high: UInt64 = 0
      var length: Int
      let others = ASCIILetters.others(first)
      if others != 0 {
        length = others.trailingZeroBitCount >> 3
        low &= (1 << UInt64(truncatingIfNeeded: length &<< 3)) &- 1
      } else {
        let second = UnsafeRawPointer(word + 8).loadUnaligned(as: UInt64.self).littleEndian
        let rest = ASCIILetters.others(second)
        guard rest != 0 else { break }
        length = rest.trailingZeroBitCount >> 3
        high = (second | 0x2020_2020_2020_2020) & ((1 << UInt64(truncatingIfNeeded: length &<< 3)) &- 1)
        length &+= 8
      }
      let after = table[Int(word[length])] >> 4
      if after != ASCIITable.ends {
        guard after == ASCIITable.joins, table[Int(word[length &+ 1])] >> 4 == ASCIITable.ends else { break }
      }
      let start = writer.arenaCount
      UnsafeMutableRawPointer(writer.arena + start).storeBytes(of: low.littleEndian, as: UInt64.self)
      UnsafeMutableRawPointer(writer.arena + start + 8).storeBytes(of: high.littleEndian, as: UInt64.self)
      writer.arenaCount = start &+ length
      let to = here &+ length
      writer.append(term: start, length: length, kind: .exact, position: position, span: 1, from: here, to: to)
      if let stemmer {
        // Written in any case, kept where the ending may be one that the stemmer works on: no branch to predict.
        stemmer.pending[pending] = EnglishStemmer.PendingWord(low: low, high: high, token: writer.count)
        let mayChange = stemmer.mayChange(last: word[length &- 1], before: word[max(length &- 2, 0)])
        pending &+= length > 2 && mayChange ? 1 : 0
      }
      writer.append(term: start, length: length, kind: .stem, position: position, span: 1, from: here, to: to)
      position &+= 1
      // A blank after a word, or a comma or full stop and a blank, are the rule, and a letter follows them.
      here = to
      if base[here] != 0x20, base[here &+ 1] == 0x20, table[Int(base[here])] & 0xF != ASCIITable.newline { here &+= 1 }
      if base[here] == 0x20 { here &+= 1 }
      if table[Int(base[here])] & 0xF != ASCIITable.letter || writer.count >= tokenLimit
        || writer.arenaCount >= arenaLimit || pending == EnglishStemmer.batch
      {
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
}
