// Cuts a passage into pieces.

extension Snippet {
  /// The passage of a text with those of the marks, which are ascending and disjoint, that lie in it.
  init(_ passage: Passage, marks: [Range<Int>], in text: [UInt8]) {
    var pieces: [Piece] = []
    var offset = passage.range.lowerBound
    func append(_ range: Range<Int>, isMatch: Bool) {
      guard !range.isEmpty else { return }
      pieces.append(Piece(text: String(decoding: text[range], as: UTF8.self), isMatch: isMatch))
    }
    for mark in marks where mark.overlaps(passage.range) {
      let mark = mark.clamped(to: passage.range)
      append(offset..<mark.lowerBound, isMatch: false)
      append(mark, isMatch: true)
      offset = mark.upperBound
    }
    append(offset..<passage.range.upperBound, isMatch: false)
    self.init(
      range: passage.range, pieces: pieces, isCutAtStart: passage.isCutAtStart, isCutAtEnd: passage.isCutAtEnd)
  }
}
