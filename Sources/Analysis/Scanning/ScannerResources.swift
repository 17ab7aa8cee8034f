// What a scanner needs beside the text.
internal import CICU

/// Scratch memory, iterators and settings of one analyzer. Owned by it, used by one scanner at a time.
struct ScannerResources {
  /// So many bytes are read from the beginning of a block: 64 that are classified, and 16 from the last of them.
  static let blockReach = 80

  /// Whether ASCII words and numbers take their short paths; tests compare them with the general one.
  var usesShortPaths = true
  let table = ASCIITable.make()
  /// Sixteen bytes of ones, then sixteen of zeros: 16 bytes from 16 - n on keep the first n of a word.
  let keepMasks = UnsafeMutablePointer<UInt8>.allocate(capacity: 32)
  /// The last block of a text, padded.
  let lastBlock = UnsafeMutablePointer<UInt8>.allocate(capacity: blockReach)
  /// nil for analyzers that don't stem.
  let stemmer: EnglishStemmer?
  /// nil for analyzers without dictionary words, and where ICU has no dictionary (then `breaker` cuts Han runs too).
  let segmenter: HanSegmenter?
  let userWords: UserWords?
  let yieldsHanWords: Bool
  let breaker: OpaquePointer
  let pieces = MixedPieces()
  var run = HanRun()

  init(stems: Bool, hanWords: Bool, userWords: UserWords?) throws {
    guard let breaker = cicu_breaker_open() else { throw AnalysisError.breakIteratorUnavailable }
    var stemmer: EnglishStemmer?
    if stems {
      stemmer = EnglishStemmer()
      if stemmer == nil {
        cicu_breaker_close(breaker)
        throw AnalysisError.stemmerUnavailable
      }
    }
    keepMasks.initialize(repeating: 0xFF, count: 16)
    (keepMasks + 16).initialize(repeating: 0, count: 16)
    lastBlock.initialize(repeating: 0x20, count: ScannerResources.blockReach)
    self.breaker = breaker
    self.stemmer = stemmer
    self.userWords = userWords
    yieldsHanWords = hanWords
    segmenter = hanWords ? HanSegmenter() : nil
  }

  func deallocate() {
    stemmer?.deallocate()
    segmenter?.deallocate()
    pieces.deallocate()
    table.deallocate()
    keepMasks.deallocate()
    lastBlock.deallocate()
    run.deallocate()
    cicu_breaker_close(breaker)
  }
}
