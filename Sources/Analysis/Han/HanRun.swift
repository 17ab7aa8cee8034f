// The characters of one run of a script that is written without spaces.

/// Scratch memory for one piece of a run. A cell is a character with the marks that belong to it.
struct HanRun {
  /// A longer run is cut here, so that memory stays bounded; bigrams and positions go on across the cut.
  static let maximumCells = 4096
  static let maximumMarks = 8
  /// No word is of more characters.
  static let maximumWord = 64
  static let capacity = maximumCells + 2
  static let maximumUnits = capacity * (2 + 2 * maximumMarks)

  /// Per cell: where its bytes begin in the arena, its first UTF-16 unit, and its range in the text. One entry past
  /// the last cell closes the first two.
  let arenaStart = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
  let unitStart = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
  let from = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
  let to = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
  /// The folded run in UTF-16, for ICU.
  let units = UnsafeMutablePointer<UInt16>.allocate(capacity: maximumUnits)
  /// Per cell, and one past the last: 1 where a word begins.
  let isWordStart = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  var count = 0
  var unitCount = 0

  func deallocate() {
    arenaStart.deallocate()
    unitStart.deallocate()
    from.deallocate()
    to.deallocate()
    units.deallocate()
    isWordStart.deallocate()
  }

  @inline(__always)
  mutating func appendUnits(_ scalar: UInt32) {
    if scalar < 0x10000 {
      units[unitCount] = UInt16(truncatingIfNeeded: scalar)
      unitCount &+= 1
    } else {
      units[unitCount] = UInt16(truncatingIfNeeded: 0xD7C0 &+ scalar >> 10)
      units[unitCount &+ 1] = UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF)
      unitCount &+= 2
    }
  }
}
