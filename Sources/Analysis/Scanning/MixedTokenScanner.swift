// Words and mixed tokens: letters and digits, and the punctuation that joins them.

extension TextScanner {
  /// Reads the token that the cursor stands on, whole and in parts, and yields its terms. The cursor stands on a
  /// letter, digit or mark, or on the dot of a token such as `.NET`.
  mutating func scanMixedToken(_ cursor: inout FoldedCursor) {
    var token = MixedToken(pieces: resources.pieces)
    if cursor.kind == CharacterClass.separator { token.takeLeadingDot(&cursor, base) }
    repeat {
      token.readRun(&cursor)
    } while !token.isCut && token.readJoiner(&cursor)
    emit(token)
  }

  private mutating func emit(_ token: MixedToken) {
    let pieces = token.store.pieces
    for index in 0..<token.count {
      let piece = pieces[index]
      let position = min(position &+ Int32(truncatingIfNeeded: index), TextScanner.maximumPosition)
      if index == 0 && token.hasWhole { emitWhole(token) }
      if piece.runPieces > 1 {
        let last = pieces[index + piece.runPieces - 1]
        let length = last.start + last.count - piece.start
        let term = writer.store(token.store.bytes + piece.start, count: length)
        emitWord(term, length, stem: nil, span: piece.runPieces, from: piece.from, to: last.to, at: position)
      }
      let term = writer.store(token.store.bytes + piece.start, count: piece.count)
      let isStemmed = piece.isLetters && !piece.isName
      let stem = isStemmed && piece.contractedCount > 0 ? withoutApostrophes(piece, at: term) : nil
      emitWord(term, piece.count, stem: stem, span: 1, from: piece.from, to: piece.to, at: position)
      if isStemmed { queueStem() }
      if piece.contractedCount > 0 {
        // We're is found by we, too.
        emitWord(
          term, piece.contractedCount, stem: nil, span: 1, from: piece.from, to: piece.contractedTo, at: position)
        queueStem()
      }
    }
    if token.count == 1 && token.showsDottedWord {
      let piece = pieces[0]
      let term = writer.store(token.store.bytes + piece.start + 1, count: piece.count - 1)
      emitWord(
        term, piece.count - 1, stem: nil, span: 1, from: token.dottedWordStart, to: piece.to, at: position)
      queueStem()
    }
    advancePosition(by: token.count)
  }

  /// What a contraction is stemmed from.
  private mutating func withoutApostrophes(_ piece: MixedPieces.Piece, at term: Int) -> (Int, Int)? {
    guard resources.stemmer != nil else { return nil }
    let start = writer.arenaCount
    for i in 0..<piece.count where writer.arena[term + i] != 0x27 {
      writer.store(scalar: UInt32(writer.arena[term + i]))
    }
    return (start, writer.arenaCount - start)
  }

  /// Lets the `.stem` token that was written last wait for its stem.
  private mutating func queueStem() {
    guard let stemmer = resources.stemmer else { return }
    let token = writer.tokens + (writer.count - 1)
    let word = writer.arena + Int(token.pointee.termStart)
    let length = Int(token.pointee.termLength)
    guard length > 2, stemmer.mayChange(last: word[length - 1], before: word[length - 2]) else { return }
    stemmer.pending[pendingStems] = UInt32(truncatingIfNeeded: writer.count - 1)
    pendingStems += 1
    if pendingStems == EnglishStemmer.batch {
      stemmer.resolve(pendingStems, writer: &writer)
      pendingStems = 0
    }
  }

  /// Yields the token as a whole: exactly as it stands but for the commas of a number. Its stem leaves hyphens and
  /// apostrophes between letters out, and the dots of an abbreviation, so that e-mail is email and U.S. is US.
  private mutating func emitWhole(_ token: MixedToken) {
    let pieces = token.store.pieces
    let first = pieces[0]
    let start = writer.arenaCount
    for index in 0..<token.count {
      let piece = pieces[index]
      if piece.joiner != 0x2C {
        for _ in 0..<piece.joinerCount { writer.store(scalar: UInt32(piece.joiner)) }
      }
      _ = writer.store(token.store.bytes + piece.start, count: piece.count)
    }
    for _ in 0..<token.suffixCount { writer.store(scalar: UInt32(token.suffix)) }
    let length = writer.arenaCount - start
    guard length <= MixedPieces.maximumWhole else { return }
    var stem: (Int, Int)?
    if token.closesUp {
      let joined = writer.arenaCount
      for index in 0..<token.count {
        let piece = pieces[index]
        for i in 0..<piece.count where token.store.bytes[piece.start + i] != 0x27 {
          writer.store(scalar: UInt32(token.store.bytes[piece.start + i]))
        }
      }
      let joinedLength = writer.arenaCount - joined
      stem = (joined, joinedLength)
    }
    emitWord(start, length, stem: stem, span: token.count, from: first.from, to: token.end, at: position)
    if token.closesUp { queueStem() }
  }
}
