// The rules of mixed tokens: what belongs to one, and where its parts begin.

/// A token while it is read: runs of letters and digits and what joins them.
///
/// Joined, when letters or digits stand on both sides: `.` `-` `_` `@` `'`, `&` between letters, and `,` as the
/// thousands separator. `+`, `++` and `#` after a word make a name (C++, F#), `%` after a number belongs to it. A run
/// of letters and digits is one word and, where each stretch of letters in it has two letters or more, has its
/// stretches as parts (covid19, iphone15, but not 5g, h5n1). Case is never a boundary.
struct MixedToken {
  let store: MixedPieces
  private(set) var count = 0
  private(set) var isCut = false
  /// What follows the last part and belongs to the whole, and how many of it.
  private(set) var suffix: UInt8 = 0
  private(set) var suffixCount = 0
  /// Where the token ends in the text.
  private(set) var end = 0
  /// Whether a name with a leading dot also stands for its word: `.Net`, since a sentence may begin so after a missing
  /// blank, and names of files (`.gitignore`, `.docx`), but not `.NET` and `.net`, which are another thing than a net.
  private(set) var showsDottedWord = false
  /// Where that word begins in the text: the dot may be a full-width one.
  private(set) var dottedWordStart = 0
  private var used = 0
  private var runs = 0
  private var dotStart: Int?
  private var joiner: UInt8 = 0
  private var joinerCount = 0

  init(pieces: MixedPieces) { store = pieces }

  /// Whether the token as a whole is more than one run.
  var hasWhole: Bool { !isCut && (runs > 1 || suffixCount > 0) }

  /// Whether the whole's stem is its parts closed up.
  var closesUp: Bool {
    guard runs > 1, suffixCount == 0 else { return false }
    var isAbbreviation = true
    var isHyphenated = true
    for index in 0..<count {
      let piece = store.pieces[index]
      if !piece.isLetters || piece.isName { return false }
      if piece.scalars != 1 { isAbbreviation = false }
      if index > 0 {
        if piece.joiner != 0x2E { isAbbreviation = false }
        if piece.joiner != 0x2D && piece.joiner != 0x27 { isHyphenated = false }
      }
    }
    return isAbbreviation || isHyphenated
  }

  /// Takes the dot that the cursor stands on into the first part.
  mutating func takeLeadingDot(_ cursor: inout FoldedCursor, _ base: UnsafePointer<UInt8>) {
    dotStart = cursor.start
    store.bytes[0] = 0x2E
    used = 1
    cursor.advance()
    dottedWordStart = cursor.start
    guard cursor.stop - cursor.start == 1 else { return }
    var next = cursor
    next.advance()
    let isCapital = (0x41...0x5A).contains(base[cursor.start])
    guard next.kind == CharacterClass.letter, next.stop - next.start == 1, (0x61...0x7A).contains(base[next.start])
    else { return }
    showsDottedWord = isCapital || !isNet(cursor)
  }

  /// Whether the cursor stands on the word net.
  private func isNet(_ cursor: FoldedCursor) -> Bool {
    var cursor = cursor
    for letter: UInt32 in [0x6E, 0x65, 0x74] {
      guard cursor.scalar == letter else { return false }
      cursor.advance()
    }
    return !isWord(cursor)
  }

  /// Reads a run of letters and digits as one part or several.
  mutating func readRun(_ cursor: inout FoldedCursor) {
    var groups = 0
    var splits = true
    var piece = MixedPieces.Piece()
    piece.start = dotStart == nil ? used : 0
    piece.from = dotStart ?? cursor.start
    piece.joiner = joiner
    piece.joinerCount = joinerCount
    var group = piece
    while true {
      let isDigit = cursor.kind == CharacterClass.digit
      if piece.scalars > 0, cursor.kind != CharacterClass.mark, group.isDigits != isDigit {
        // The number of 810.2m and 1.5B is a token, and its unit another.
        if group.isDigits, groups == 0, joiner == 0x2E, count > 0, store.pieces[count - 1].isDigits { break }
        splits = splits && close(&group, &groups)
        group = MixedPieces.Piece()
        group.start = used
        group.from = cursor.start
      }
      let isASCIILetter = cursor.scalar &- 0x61 < 26
      var stop = cursor.stop
      var scalars = 1
      let start = cursor.start
      let taken = cursor.takeASCII(to: store.bytes + used, limit: MixedPieces.maximumScalars - piece.scalars)
      if taken > 0 {
        scalars = taken
        stop = start + taken
        used += taken
      } else {
        used += UTF8Coding.encode(cursor.scalar, to: store.bytes + used)
        cursor.advance()
      }
      piece.add(scalars, to: stop, isDigit: isDigit, isASCIILetter: isASCIILetter)
      group.add(scalars, to: stop, isDigit: isDigit, isASCIILetter: isASCIILetter)
      switch cursor.kind {
      case CharacterClass.letter, CharacterClass.digit, CharacterClass.mark:
        if piece.scalars < MixedPieces.maximumScalars { continue }
        isCut = true
      case CharacterClass.separator where cursor.scalar == 0x27 && piece.isLetters:
        readContraction(&cursor, &piece)
      default:
        break
      }
      break
    }
    piece.count = used - piece.start
    end = piece.to
    runs += 1
    if dotStart != nil {
      piece.isName = true
      dotStart = nil
    }
    splits = splits && groups > 0 && !isCut && !piece.isName && close(&group, &groups)
    if splits && (splitsEverywhere(groups) || isVersion(groups, cursor)) {
      store.groups[0].runPieces = groups
      store.groups[0].joiner = joiner
      store.groups[0].joinerCount = joinerCount
      for index in 0..<groups { append(store.groups[index]) }
    } else {
      append(piece)
    }
    if count >= MixedPieces.maximumPieces { isCut = true }
  }

  private mutating func append(_ piece: MixedPieces.Piece) {
    store.pieces[count] = piece
    count += 1
  }

  private func close(_ group: inout MixedPieces.Piece, _ groups: inout Int) -> Bool {
    guard groups < MixedPieces.maximumGroups else { return false }
    group.count = used - group.start
    store.groups[groups] = group
    groups += 1
    return true
  }

  private func splitsEverywhere(_ groups: Int) -> Bool {
    for index in 0..<groups where !store.groups[index].isDigits && store.groups[index].scalars < 2 { return false }
    return true
  }

  /// `v1` before a dot and a digit: the number can be looked for without the letter.
  private func isVersion(_ groups: Int, _ cursor: FoldedCursor) -> Bool {
    guard groups == 2, store.groups[0].count == 1, store.bytes[store.groups[0].start] == 0x76, cursor.scalar == 0x2E
    else { return false }
    var ahead = cursor
    ahead.advance()
    return ahead.kind == CharacterClass.digit
  }

  /// 's, 't, 'd, 'm, 're, 've and 'll at the end of a word belong to it.
  private mutating func readContraction(_ cursor: inout FoldedCursor, _ piece: inout MixedPieces.Piece) {
    var ahead = cursor
    ahead.advance()
    var tail: (UInt32, UInt32) = (0, 0)
    var length = 0
    var stop = ahead.stop
    while ahead.kind == CharacterClass.letter, length < 3 {
      if length == 0 { tail.0 = ahead.scalar } else { tail.1 = ahead.scalar }
      length += 1
      stop = ahead.stop
      ahead.advance()
    }
    guard ahead.kind != CharacterClass.digit, ahead.kind != CharacterClass.mark else { return }
    switch (length, tail.0, tail.1) {
    case (1, 0x73, _): break
    case (1, 0x74, _), (1, 0x64, _), (1, 0x6D, _), (2, 0x72, 0x65), (2, 0x76, 0x65), (2, 0x6C, 0x6C):
      piece.contractedCount = used - piece.start
      piece.contractedTo = piece.to
    default: return
    }
    store.bytes[used] = 0x27
    store.bytes[used + 1] = UInt8(truncatingIfNeeded: tail.0)
    used += 2
    if length == 2 {
      store.bytes[used] = UInt8(truncatingIfNeeded: tail.1)
      used += 1
    }
    piece.scalars += length + 1
    piece.to = stop
    cursor = ahead
  }

  /// Goes over what joins the token to a run that follows. Returns false, the cursor behind what belongs to the
  /// token, where none does.
  mutating func readJoiner(_ cursor: inout FoldedCursor) -> Bool {
    joiner = 0
    joinerCount = 0
    guard cursor.kind == CharacterClass.separator else { return false }
    let last = store.pieces[count - 1]
    var ahead = cursor
    ahead.advance()
    var number = 1
    switch cursor.scalar {
    case 0x2E, 0x2D, 0x40:  // . - @
      guard isWord(ahead) else { return false }
    case 0x27:  // '
      guard ahead.kind == CharacterClass.letter else { return false }
    case 0x26:  // &
      guard ahead.kind == CharacterClass.letter, last.isLetters else { return false }
    case 0x5F:  // _
      while ahead.scalar == 0x5F && ahead.kind == CharacterClass.separator && number < 8 {
        ahead.advance()
        number += 1
      }
      guard isWord(ahead) else { return false }
    case 0x2C:  // ,
      guard last.isDigits, last.scalars <= 3, last.joiner != 0x2C || last.scalars == 3, isThousands(ahead) else {
        return false
      }
    case 0x2B, 0x23:  // + #
      return readName(&cursor)
    case 0x25:  // %
      guard last.isDigits else { return false }
      takeSuffix(0x25, 1, &cursor, ahead)
      return false
    default:
      return false
    }
    joiner = UInt8(truncatingIfNeeded: cursor.scalar)
    joinerCount = number
    cursor = ahead
    return true
  }

  private func isWord(_ cursor: FoldedCursor) -> Bool {
    cursor.kind == CharacterClass.letter || cursor.kind == CharacterClass.digit
  }

  private func isThousands(_ cursor: FoldedCursor) -> Bool {
    var ahead = cursor
    for _ in 0..<3 {
      guard ahead.kind == CharacterClass.digit else { return false }
      ahead.advance()
    }
    return !isWord(ahead)
  }

  /// Reads `+`, `++` or `#` after a word. After a single letter they make a name that isn't the letter; after a longer
  /// word the name is found beside the word.
  private mutating func readName(_ cursor: inout FoldedCursor) -> Bool {
    let mark = cursor.scalar
    let start = cursor.start
    var ahead = cursor
    var number = 0
    var stop = cursor.stop
    while ahead.scalar == mark && ahead.kind == CharacterClass.separator && number < 3 {
      stop = ahead.stop
      ahead.advance()
      number += 1
    }
    guard number <= (mark == 0x2B ? 2 : 1), ahead.scalar != 0x3D || ahead.kind == CharacterClass.end else {
      return false
    }
    let last = store.pieces[count - 1]
    let isLetter = last.isLetters && last.scalars == 1
    if isWord(ahead) && !(isLetter && (number == 2 || mark == 0x23)) { return false }
    guard isLetter else {
      if isWord(ahead) { return false }
      takeSuffix(UInt8(truncatingIfNeeded: mark), number, &cursor, ahead)
      end = max(stop, start)
      return false
    }
    for _ in 0..<number {
      store.bytes[used] = UInt8(truncatingIfNeeded: mark)
      used += 1
    }
    store.pieces[count - 1].count += number
    store.pieces[count - 1].isName = true
    store.pieces[count - 1].to = stop
    end = stop
    cursor = ahead
    return isWord(ahead)
  }

  private mutating func takeSuffix(
    _ byte: UInt8, _ number: Int, _ cursor: inout FoldedCursor, _ ahead: FoldedCursor
  ) {
    suffix = byte
    suffixCount = number
    end = cursor.stop
    cursor = ahead
  }
}
