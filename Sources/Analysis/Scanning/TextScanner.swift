// The scanner of all analyzers but `whitespace`: from UTF-8 to tokens.

/// Scans one text. A value of it lives for one call of `Analyzer.analyze`; the scratch memory belongs to the analyzer.
///
/// `scan` returns when the text is done or the writer is full, and can be called again to go on; between two calls
/// nothing is pending. ASCII words take a short path here, everything else goes through folded scalar values in
/// `scanGeneral`.
struct TextScanner {
  /// Positions left free at an empty line, so that no phrase crosses it.
  static let paragraphGap: Int32 = 8
  /// Beyond this no further positions are given out.
  static let maximumPosition = Int32.max - (1 << 20)

  let base: UnsafePointer<UInt8>
  let end: Int
  var offset = 0
  var position: Int32
  /// Where the positions began: no gap is left before the first token.
  let firstPosition: Int32
  var writer: TokenWriter
  var resources: ScannerResources
  /// How many words wait for their stems; none do when `scan` returns.
  var pendingStems = 0

  init(_ text: UnsafeBufferPointer<UInt8>, firstPosition: Int32, writer: TokenWriter, resources: ScannerResources) {
    // An empty buffer has no base address; no byte of this one is ever read then.
    base = text.baseAddress ?? UnsafePointer(writer.arena)
    end = text.count
    position = firstPosition
    self.firstPosition = firstPosition
    self.writer = writer
    self.resources = resources
  }

  /// Scans on, until the end (then true) or until the writer wants to be emptied.
  mutating func scan() -> Bool {
    let isDone = scanText()
    if let stemmer = resources.stemmer { stemmer.resolve(pendingStems, writer: &writer) }
    pendingStems = 0
    return isDone
  }

  private mutating func scanText() -> Bool {
    let table = resources.table
    while offset < end {
      if writer.isFull { return false }
      switch table[Int(base[offset])] & 0xF {
      case ASCIITable.letter:
        if !scanASCIIWords() { scanGeneral(at: offset) }
      case ASCIITable.digit:
        if !scanASCIINumber() { scanGeneral(at: offset) }
      case ASCIITable.beyond:
        scanGeneral(at: offset)
      case ASCIITable.dot:
        if isLeadingDot(at: offset) { scanGeneral(at: offset) } else { offset += 1 }
      case ASCIITable.newline:
        skipLines()
      default:
        offset += 1
      }
    }
    return true
  }

  /// Scans what one original character begins: a word or mixed token, a run without spaces, a symbol, or nothing.
  @inline(never)
  mutating func scanGeneral(at offset: Int) {
    var cursor = FoldedCursor(base, end: end, at: offset)
    if cursor.kind == CharacterClass.line || cursor.kind == CharacterClass.paragraph {
      self.offset = offset
      skipLines()
      return
    }
    repeat {
      switch cursor.kind {
      case CharacterClass.letter, CharacterClass.digit, CharacterClass.mark:
        scanMixedToken(&cursor)
      case CharacterClass.ideograph, CharacterClass.hangul, CharacterClass.complex:
        scanRun(&cursor)
      case CharacterClass.symbol:
        emitSymbol(cursor)
        cursor.advance()
      case CharacterClass.separator where cursor.scalar == 0x2E && isLeadingDot(at: cursor.start):
        scanMixedToken(&cursor)
      default:
        cursor.advance()
      }
      // What begins within an expansion ends with it: the scanner can only be left between original characters, and of
      // text that is all expansions (U+FDFA, four words in one) words would reach from one into the next for ever.
      if cursor.isInsideExpansion { cursor.limitToCurrentCharacter() }
    } while cursor.isInsideExpansion && cursor.kind != CharacterClass.end
    self.offset = cursor.start
  }

  private mutating func emitSymbol(_ cursor: FoldedCursor) {
    let start = writer.arenaCount
    writer.store(scalar: cursor.scalar)
    emitWord(start, writer.arenaCount - start, stem: nil, span: 1, from: cursor.start, to: cursor.stop, at: position)
    advancePosition(by: 1)
  }

  /// Appends the `.exact` and the `.stem` token of a term in the arena.
  @inline(__always)
  mutating func emitWord(
    _ term: Int, _ length: Int, stem: (Int, Int)?, span: Int, from: Int, to: Int, at position: Int32
  ) {
    writer.append(term: term, length: length, kind: .exact, position: position, span: span, from: from, to: to)
    let stem = stem ?? (term, length)
    writer.append(term: stem.0, length: stem.1, kind: .stem, position: position, span: span, from: from, to: to)
  }

  @inline(__always)
  mutating func advancePosition(by count: Int) {
    position = min(position &+ Int32(truncatingIfNeeded: count), TextScanner.maximumPosition)
  }

  /// Skips white space that holds a line break; leaves a gap in the positions when an empty line is among it.
  private mutating func skipLines() {
    var breaks = 0
    var cursor = FoldedCursor(base, end: end, at: offset)
    while true {
      if cursor.kind == CharacterClass.line {
        // A carriage return before a line feed is the same break.
        let isReturn = cursor.scalar == 0x0D
        cursor.advance()
        if !(isReturn && cursor.scalar == 0x0A && cursor.kind == CharacterClass.line) { breaks += 1 }
      } else if cursor.kind == CharacterClass.paragraph {
        breaks += 2
        cursor.advance()
      } else if cursor.kind == CharacterClass.blank {
        cursor.advance()
      } else {
        break
      }
    }
    if breaks > 1, position > firstPosition { advancePosition(by: Int(TextScanner.paragraphGap)) }
    offset = cursor.start
  }

  /// Whether the dot at `offset` begins a token such as `.NET`: a letter follows, and before it is anything but an ASCII
  /// letter or digit, a closing bracket or another dot.
  func isLeadingDot(at offset: Int) -> Bool {
    if offset > 0 {
      switch base[offset - 1] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x29, 0x5D, 0x7D, 0x2E: return false
      default: break
      }
    }
    var cursor = FoldedCursor(base, end: end, at: offset)
    guard cursor.scalar == 0x2E else { return false }
    cursor.advance()
    return cursor.kind == CharacterClass.letter
  }
}
