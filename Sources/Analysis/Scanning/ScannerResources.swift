// What a scanner needs beside the text.
internal import CICU

/// Scratch memory, iterators and settings of one analyzer. Owned by it, used by one scanner at a time.
struct ScannerResources {
  let table = ASCIITable.make()
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
    run.deallocate()
    cicu_breaker_close(breaker)
  }
}
