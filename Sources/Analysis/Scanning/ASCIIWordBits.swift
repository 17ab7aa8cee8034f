// The words in a block of 64 bytes.
internal import CKernels

/// Where words of ASCII letters begin and end in a block that begins where no word goes on from before.
struct ASCIIWordBits {
  /// Longer words are left to the general scanner.
  static let maximumLetters = 15

  /// The first letter of each word that is complete, one bit each, in order; there may be further ones.
  let starts: UInt64
  /// The byte after each of them.
  let ends: UInt64
  /// Where the scanner goes on: at a word that isn't complete in the block, or that needs another look, or at what
  /// begins something else.
  let next: Int
  /// Whether the word at `next` is too long, or joined to what follows.
  let isCut: Bool
  /// Whether something else than such words begins at `next`.
  let stops: Bool

  @inline(__always)
  init(_ masks: ckernels_text_masks) {
    let letters = masks.letters
    let starts = letters & ~(letters &<< 1)
    let after = ~letters & letters &<< 1
    // A joining byte with a byte behind it that ends words ends one too, and such a full stop begins nothing.
    let endsNext = masks.ends &>> 1
    let closes = masks.ends | masks.joins & endsNext
    let stops = masks.stops | masks.dots & ~endsNext
    // The last letters of sixteen or more.
    var long = letters & letters &<< 1
    long &= long &<< 2
    long &= long &<< 4
    long &= long &<< 8
    let cut = after & (~closes | long &<< 1)
    // What the last byte means depends on the next: a word that ends there is looked at again.
    let complete: UInt64 = after & (UInt64.max &>> 1)
    let stop = stops.trailingZeroBitCount
    let untilStop = stop == 64 ? UInt64.max : (2 &<< UInt64(truncatingIfNeeded: stop)) &- 1
    let cutHere = cut & complete & untilStop
    // Words before the first that is cut; all up to the stop where none is.
    let taken = complete & untilStop & (cutHere == 0 ? UInt64.max : (cutHere & (0 &- cutHere)) &- 1)
    ends = taken
    self.starts = starts
    let lastEnd = 64 &- taken.leadingZeroBitCount
    let beyond = starts & ~(lastEnd == 64 ? UInt64.max : (1 &<< UInt64(truncatingIfNeeded: lastEnd)) &- 1)
    let nextStart = beyond.trailingZeroBitCount
    // A word that fills the block is too long.
    isCut = cutHere != 0 || nextStart == 0
    self.stops = !isCut && stop < nextStart
    next = isCut ? nextStart : min(stop, nextStart)
  }
}
