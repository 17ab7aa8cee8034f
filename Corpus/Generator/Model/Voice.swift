// How one document, or its title, chooses words of one language.

/// The tables of a document's topics and the thresholds that divide 16 random bits among the sources of a word.
///
/// The order of the sources: the background, three topics, repetition of a word the document has used, and everything
/// else (names, numbers, dates, words of the other language). Repetition makes words burst as they do in real documents
/// (Church and Gale, "Poisson Mixtures", Natural Language Engineering 1, 1995): drawing from the words used so far is a
/// Pólya urn, which keeps the frequencies of words over all documents.
struct Voice {
  /// How many of its latest topical words a document may repeat. A power of two.
  static let memory = 64
  /// How many topical words a document has before it repeats any.
  static let leastHistory = 8
  /// The part of topical words that are repetitions.
  static let repetition = 0.3
  /// Shares of the three topics in the fresh topical words.
  static let topicShares = (0.6, 0.25, 0.15)

  /// Whether words follow one another without blanks.
  var isChinese: Bool
  /// The bytes of the stored words.
  var words: WordArena.View
  /// For each stored word the one that often follows it, or 0.
  var partners: UnsafePointer<UInt32>
  /// The ranges of rare words.
  var buckets: UnsafePointer<Lexicon.Bucket>
  /// The background and three topics: four tables.
  var tables: UnsafeMutablePointer<AliasTable.View>
  /// The topics of tables 1 to 3, at indices 1 to 3.
  var topics: (UInt32, UInt32, UInt32, UInt32)
  /// The words to repeat, ``memory`` of them.
  var history: UnsafeMutablePointer<WordReference>

  /// Upper limits, exclusive, of 16 random bits for the background and the three topics.
  var limits: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  /// The upper limit, exclusive, for repetition.
  var repeatLimit: UInt32 = 0

  /// Divides the 16-bit numbers for a share of background words and a share of other sources, both between 0 and 1.
  mutating func divide(background: Double, other: Double) {
    let lexical = (1 - other) * 65_536
    let fresh = lexical * (1 - background) * (1 - Self.repetition)
    let first = lexical * background
    limits.0 = UInt32(first)
    limits.1 = UInt32(first + fresh * Self.topicShares.0)
    limits.2 = UInt32(first + fresh * (Self.topicShares.0 + Self.topicShares.1))
    limits.3 = UInt32(first + fresh)
    repeatLimit = UInt32(lexical)
  }

  /// The outcome of a draw with a range of rare words replaced by one of them.
  ///
  /// Without a branch, since about a seventh of all draws yield a range and none can be foretold.
  /// - Parameters:
  ///   - source: The number of the table that was drawn from, from 0 to 3.
  ///   - bits: Random bits, of which the upper 32 choose the word.
  @inline(__always)
  func resolve(_ word: WordReference, source: Int, bits: UInt64) -> WordReference {
    let bucket = buckets[word.isBucket ? word.number : 0]
    let local = bucket.lower &+ UInt32(truncatingIfNeeded: ((bits &>> 32) &* UInt64(bucket.width)) &>> 32)
    let topic = source == 1 ? topics.1 : source == 2 ? topics.2 : topics.3
    let rare = WordReference.rare(local &* UInt32(truncatingIfNeeded: CorpusModel.topicCount) &+ topic)
    return word.isBucket ? rare : word
  }
}
