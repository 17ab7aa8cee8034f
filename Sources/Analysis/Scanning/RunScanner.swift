// Runs of scripts that are written without spaces: words, bigrams and characters.
internal import CICU

extension TextScanner {
  /// Scans the run that the cursor stands on, up to a bounded number of characters, and yields its tokens. The three
  /// kinds of terms share the run's bytes in the arena.
  mutating func scanRun(_ cursor: inout FoldedCursor) {
    let kind = cursor.kind
    resources.run.count = 0
    resources.run.unitCount = 0
    var isCut = false
    while true {
      if resources.run.count == HanRun.maximumCells {
        // One character more, for the bigram across the cut; it begins the next piece.
        var beyond = cursor
        isCut = appendCell(&beyond, kind)
        break
      }
      guard appendCell(&cursor, kind) else { break }
    }
    closeRun()
    let cells = isCut ? resources.run.count - 1 : resources.run.count
    markWords(kind, cells: cells)
    emitRun(cells: cells)
    advancePosition(by: cells)
  }

  /// Takes one character with its marks, white space before it bridged where that is no boundary.
  private mutating func appendCell(_ cursor: inout FoldedCursor, _ kind: UInt8) -> Bool {
    if cursor.kind != kind {
      guard kind == CharacterClass.ideograph, resources.run.count > 0, bridge(&cursor) else { return false }
    }
    let cell = resources.run.count
    resources.run.arenaStart[cell] = UInt32(truncatingIfNeeded: writer.arenaCount)
    resources.run.unitStart[cell] = Int32(truncatingIfNeeded: resources.run.unitCount)
    resources.run.from[cell] = UInt32(truncatingIfNeeded: cursor.start)
    var marks = 0
    repeat {
      writer.store(scalar: cursor.scalar)
      resources.run.appendUnits(cursor.scalar)
      resources.run.to[cell] = UInt32(truncatingIfNeeded: cursor.stop)
      cursor.advance()
      marks += 1
    } while cursor.kind == CharacterClass.mark && marks <= HanRun.maximumMarks
    resources.run.count = cell + 1
    return true
  }

  private mutating func closeRun() {
    let count = resources.run.count
    resources.run.arenaStart[count] = UInt32(truncatingIfNeeded: writer.arenaCount)
    resources.run.unitStart[count] = Int32(truncatingIfNeeded: resources.run.unitCount)
  }

  /// Blanks, or one line break, between two Han characters are no boundary: such text comes from recognised or
  /// extracted pages, or is wrapped by hand. An empty line is one, and so is the indentation of a Chinese paragraph
  /// (a full-width blank after a line break) and a tab.
  private func bridge(_ cursor: inout FoldedCursor) -> Bool {
    var ahead = cursor
    var blanks = 0
    var breaks = 0
    while blanks <= 16 {
      if ahead.kind == CharacterClass.line {
        let isReturn = ahead.scalar == 0x0D
        ahead.advance()
        if isReturn && ahead.scalar == 0x0A && ahead.kind == CharacterClass.line { ahead.advance() }
        breaks += 1
        if breaks > 1 { return false }
      } else if ahead.kind == CharacterClass.blank {
        if ahead.scalar == 0x09 || (breaks > 0 && ahead.scalar == 0x3000) { return false }
        blanks += 1
        if breaks == 0 && blanks > 4 { return false }
        ahead.advance()
      } else {
        guard ahead.kind == CharacterClass.ideograph else { return false }
        cursor = ahead
        return true
      }
    }
    return false
  }

  /// Marks where words begin among the first `cells` characters.
  private func markWords(_ kind: UInt8, cells: Int) {
    let run = resources.run
    run.isWordStart.update(repeating: 0, count: cells + 1)
    guard resources.yieldsHanWords || kind == CharacterClass.hangul, cells > 0 else { return }
    run.isWordStart[0] = 1
    run.isWordStart[cells] = 1
    let unitCount = Int(run.unitStart[cells])
    if kind == CharacterClass.hangul {
      // Written with spaces: a run is a word.
      for cell in stride(from: 0, to: cells, by: HanRun.maximumWord) { run.isWordStart[cell] = 1 }
      markUserWords(cells: cells, unitCount: unitCount)
    } else if kind == CharacterClass.ideograph, let segmenter = resources.segmenter {
      // Ends come last first, so the cell that a unit belongs to is found by going back.
      var cell = cells
      segmenter.forEachEndBackward(run.units, count: unitCount, userWords: resources.userWords) { end in
        while run.unitStart[cell] > end { cell -= 1 }
        if run.unitStart[cell] == end { run.isWordStart[cell] = 1 }
      }
    } else {
      markWordsByICU(cells: cells, unitCount: unitCount)
      markUserWords(cells: cells, unitCount: unitCount)
      limitWords(cells: cells)
    }
  }

  /// Cuts the user's words out of words that were found otherwise, the leftmost and longest first.
  private func markUserWords(cells: Int, unitCount: Int) {
    guard let userWords = resources.userWords else { return }
    let run = resources.run
    var cell = 0
    while cell < cells {
      let start = Int(run.unitStart[cell])
      let length = userWords.longestPrefix(run.units + start, count: unitCount - start)
      var next = cell + 1
      if length > 0 {
        while next < cells, Int(run.unitStart[next]) < start + length { next += 1 }
        // A word that ends within a character, before its marks, is none.
        if Int(run.unitStart[next]) == start + length {
          run.isWordStart[cell] = 1
          for inner in (cell + 1)..<next { run.isWordStart[inner] = 0 }
          run.isWordStart[next] = 1
        } else {
          next = cell + 1
        }
      }
      cell = next
    }
  }

  /// Cuts words that no dictionary knows and that would be too long for a term.
  private func limitWords(cells: Int) {
    let run = resources.run
    var start = 0
    for cell in 0..<cells where run.isWordStart[cell] != 0 || cell - start == HanRun.maximumWord {
      run.isWordStart[cell] = 1
      start = cell
    }
  }

  private func markWordsByICU(cells: Int, unitCount: Int) {
    let run = resources.run
    guard cicu_breaker_set_text(resources.breaker, run.units, Int32(truncatingIfNeeded: unitCount)) != 0 else {
      return
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { ends in
      var cell = 0
      while true {
        let found = Int(cicu_breaker_next(resources.breaker, ends.baseAddress, nil, 256))
        for i in 0..<found {
          while run.unitStart[cell] < ends[i] { cell += 1 }
          if run.unitStart[cell] == ends[i] { run.isWordStart[cell] = 1 }
        }
        if found < 256 { break }
      }
    }
  }

  private mutating func emitRun(cells: Int) {
    let run = resources.run
    let yieldsWords = run.isWordStart[0] != 0
    var nextWord = 0
    for cell in 0..<cells {
      let start = Int(run.arenaStart[cell])
      let from = Int(run.from[cell])
      let position = min(position &+ Int32(truncatingIfNeeded: cell), TextScanner.maximumPosition)
      if cell == nextWord && yieldsWords {
        nextWord += 1
        while run.isWordStart[nextWord] == 0 { nextWord += 1 }
        writer.append(
          term: start, length: Int(run.arenaStart[nextWord]) - start, kind: .hanWord, position: position,
          span: nextWord - cell, from: from, to: Int(run.to[nextWord - 1]))
      }
      if cell + 1 < run.count {
        writer.append(
          term: start, length: Int(run.arenaStart[cell + 2]) - start, kind: .hanBigram, position: position, span: 2,
          from: from, to: Int(run.to[cell + 1]))
      }
      writer.append(
        term: start, length: Int(run.arenaStart[cell + 1]) - start, kind: .hanCharacter, position: position, span: 1,
        from: from, to: Int(run.to[cell]))
    }
  }
}
