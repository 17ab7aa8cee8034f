// Where a passage begins and ends.

/// A part of a text around its best matches, cut where readers expect it.
struct Passage {
  /// The bytes of the text.
  let range: Range<Int>
  /// Whether it begins within a sentence.
  let isCutAtStart: Bool
  /// Whether it ends within a sentence.
  let isCutAtEnd: Bool

  /// So many scalar values are looked at beyond a passage, to find the clusters at its ends.
  private static let margin = 32

  /// Finds the passage of at most `width` (in units of `TextWidth`) around `core`. Places within `marks`, which are
  /// disjoint and in ascending order, are cut only where nothing else is left.
  init(around core: Range<Int>, width: Int, marks: [Range<Int>], in text: Span<UInt8>) {
    let from = Self.stepBack(from: core.lowerBound, width: width, in: text)
    let to = Self.stepForward(from: core.lowerBound, width: width, in: text)
    let cells = TextCell.cells(of: text, in: from..<to)
    let starts = SentenceStart.find(in: cells, isTextStart: from == 0)
    let isLast = to == text.count
    let last = cells.count - 1

    var canCut = [Bool](repeating: false, count: cells.count)
    canCut[0] = from == 0
    canCut[last] = isLast
    var mark = 0
    // Without the margin it isn't certain that a cluster begins where one seems to.
    let firstCut = max(1, from == 0 ? 1 : min(Self.margin, last))
    for index in firstCut..<max(firstCut, last) {
      while mark < marks.count, marks[mark].upperBound <= cells[index].start { mark += 1 }
      if mark < marks.count, marks[mark].lowerBound < cells[index].start { continue }
      canCut[index] = Self.isBreak(cells[index - 1], cells[index])
    }

    // The cells of the core, as far as they fit.
    var first = cells.partitioningIndex { $0.start > core.lowerBound } - 1
    first = max(0, first)
    var end = cells.partitioningIndex { $0.start >= core.upperBound }
    end = min(end, last)
    while end > first + 1, cells[end].column - cells[first].column > width { end -= 1 }
    // A match may be a part of what is written together; the rest is shown if there is room.
    let whole = first - canCut[...first].reversed().prefix { !$0 }.count
    if whole >= 0, cells[end].column - cells[whole].column <= width { first = whole }

    // Before the core: a sentence, or some words.
    let slack = max(0, width - (cells[end].column - cells[first].column))
    var start = Self.start(before: first, in: cells, starts, canCut, within: slack)
    var stop = Self.stop(after: end, from: start, in: cells, starts, canCut, width: width)
    if stop == last, isLast {
      // What is not needed after the core is spent before it.
      let rest = width - (cells[stop].column - cells[start].column)
      start = Self.earlierSentence(start, in: cells, starts, within: rest)
    }

    while start < stop, cells[start].kind == .space { start += 1 }
    let isEndOfText = isLast && cells[stop...].allSatisfy { $0.kind == .space }
    var next = stop
    while next < last, cells[next].kind == .space { next += 1 }
    isCutAtEnd = !isEndOfText && starts[next] != .sentence
    while stop > start, cells[stop - 1].kind == .space { stop -= 1 }
    // Nothing is left of a text of white space.
    isCutAtStart = starts[start] != .sentence && start < stop
    range = cells[start].start..<cells[stop].start
  }

  private static func stepBack(from offset: Int, width: Int, in text: Span<UInt8>) -> Int {
    var offset = offset
    var rest = width
    var extra = margin
    var followsSpace = false
    while offset > 0, extra > 0 {
      let (scalar, length) = TextScalars.decode(text, before: offset)
      if rest > 0 { rest -= TextWidth.width(scalar, followsSpace: followsSpace) } else { extra -= 1 }
      followsSpace = scalar.properties.isWhitespace
      offset -= length
    }
    return offset
  }

  private static func stepForward(from offset: Int, width: Int, in text: Span<UInt8>) -> Int {
    var offset = offset
    var rest = width
    var extra = margin
    var followsSpace = false
    while offset < text.count, extra > 0 {
      let (scalar, length) = TextScalars.decode(text, at: offset)
      if rest > 0 { rest -= TextWidth.width(scalar, followsSpace: followsSpace) } else { extra -= 1 }
      followsSpace = scalar.properties.isWhitespace
      offset += length
    }
    return offset
  }

  private static func isBreak(_ before: TextCell, _ after: TextCell) -> Bool {
    if before.kind == .space || after.kind == .space { return true }
    guard before.kind == .free || after.kind == .free else { return false }
    return !SentenceStart.isClosing(after.scalar) && !SentenceStart.isOpening(before.scalar)
  }

  /// The nearest beginning of a sentence, else of a line, else of some words before the core.
  private static func start(
    before first: Int, in cells: [TextCell], _ starts: [SentenceStart], _ canCut: [Bool], within slack: Int
  ) -> Int {
    func distance(_ index: Int) -> Int { cells[first].column - cells[index].column }
    var line: Int?
    var word: Int?
    var index = first
    while index >= 0, distance(index) <= slack - slack / 4 {
      if starts[index] == .sentence { return index }
      if starts[index] == .line, line == nil { line = index }
      if canCut[index], word == nil || distance(index) <= slack / 3 { word = index }
      index -= 1
    }
    return line ?? word ?? first
  }

  /// The last end of a sentence, if the passage isn't short then, else of a word, that leaves no more than `width`.
  private static func stop(
    after end: Int, from start: Int, in cells: [TextCell], _ starts: [SentenceStart], _ canCut: [Bool], width: Int
  ) -> Int {
    let last = cells.count - 1
    func length(_ index: Int) -> Int { cells[index].column - cells[start].column }
    var index = last
    while index > end, length(index) > width { index -= 1 }
    let longest = index
    if longest == last { return last }
    var word: Int?
    while index >= end, index > start {
      if starts[index] == .sentence, length(index) > width / 2 { return index }
      if word == nil, canCut[index] { word = index }
      index -= 1
    }
    if let word { return word }
    // The core doesn't fit, so a mark must be cut, though no word if there is another way.
    index = longest
    while index > start, length(index) > width / 4 {
      if isBreak(cells[index - 1], cells[index]) { return index }
      index -= 1
    }
    return longest
  }

  /// The first beginning of a sentence no more than `width` before a place; the place itself if there is none.
  private static func earlierSentence(
    _ start: Int, in cells: [TextCell], _ starts: [SentenceStart], within width: Int
  ) -> Int {
    var found = start
    var index = start
    while index >= 0, cells[start].column - cells[index].column <= width {
      if starts[index] == .sentence { found = index }
      index -= 1
    }
    return found
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that, once true, stays so; `count` if there is none.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
