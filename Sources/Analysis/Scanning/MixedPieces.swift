// The parts of a mixed token while it is read.

/// Scratch memory for one mixed token: its parts and their folded bytes.
struct MixedPieces {
  /// One part. Its bytes lie in `bytes`, those of parts that were one run side by side.
  struct Piece {
    var start = 0
    var count = 0
    var scalars = 0
    var from = 0
    var to = 0
    /// ASCII letters only, apart from one apostrophe in a contraction.
    var isLetters = true
    var isDigits = true
    /// Of a contraction whose stem is looked up without the apostrophe (we're, but not Macy's): the length of the word
    /// before the apostrophe, and where that ends in the text. 0 for other words.
    var contractedCount = 0
    var contractedTo = 0
    /// A name such as `c++` or `.net`, which is never stemmed.
    var isName = false
    /// What joins it to the part before: 0 for nothing, and how many of it.
    var joiner: UInt8 = 0
    var joinerCount = 0
    /// On the first part of a run that was split (covid19): how many parts the run has.
    var runPieces = 1

    @inline(__always)
    mutating func add(_ number: Int, to stop: Int, isDigit: Bool, isASCIILetter: Bool) {
      scalars += number
      to = stop
      isDigits = isDigits && isDigit
      isLetters = isLetters && isASCIILetter
    }
  }

  /// Longer tokens are cut, and what is cut has no whole.
  static let maximumPieces = 16
  static let maximumGroups = 8
  static let maximumScalars = 128
  static let maximumWhole = 200

  let pieces = UnsafeMutablePointer<Piece>.allocate(capacity: maximumPieces + maximumGroups)
  let groups = UnsafeMutablePointer<Piece>.allocate(capacity: maximumGroups)
  let bytes = UnsafeMutablePointer<UInt8>.allocate(
    capacity: (maximumPieces + maximumGroups) * (4 * maximumScalars + 16))

  init() {
    pieces.initialize(repeating: Piece(), count: MixedPieces.maximumPieces + MixedPieces.maximumGroups)
    groups.initialize(repeating: Piece(), count: MixedPieces.maximumGroups)
  }

  func deallocate() {
    pieces.deallocate()
    groups.deallocate()
    bytes.deallocate()
  }
}
