// The words of a language and how to draw them.

/// A language: stored words, rare words by ranges of rank, and for the background and each topic a table to draw from.
///
/// Each table is the law of ``RankLaw`` restricted to the words of the topic, so that words drawn from topics that are
/// about equally frequent follow the law as a whole. The documents mix topics as in latent Dirichlet allocation (Blei, Ng
/// and Jordan, Journal of Machine Learning Research 3, 2003).
final class Lexicon: Sendable {
  /// The number of stored words, somewhat more than ``RankLaw/coreRanks``; words of higher rank are composed when they
  /// occur. At most 2¹⁴, see ``WordReference/compact``.
  static let storedWords = 8_192
  /// The highest rank of a rare word.
  private static let highestRank = 268_435_456.0
  /// Ranges of ranks per octave.
  private static let bucketsPerOctave = 4
  /// The part of a topical word's occurrences in its own subtopic; the other subtopics of the theme share the rest.
  private static let ownShare = 0.55

  /// A range of rare words of one topic, numbered from zero in each topic.
  struct Bucket: BitwiseCopyable {
    let lower: UInt32
    let width: UInt32
  }

  /// The words that every document uses.
  let background: AliasTable
  /// The words of each topic.
  let topics: [AliasTable]
  /// The ranges that a draw may yield in place of a word.
  let buckets: FrozenArray<Bucket>
  /// The rank of the word in each slot, from zero: the words of a topic are neighbours, so that a document touches few
  /// cache lines and pages.
  let ranks: [Int]
  /// The part of all occurrences that belongs to the background, between 0 and 1.
  let backgroundShare: Double
  /// For each stored word the word that often follows it, or 0.
  let partners: FrozenArray<UInt32>

  /// The tables for the known words of a vocabulary, with composed words up to ``storedWords``.
  init(_ vocabulary: Vocabulary, seed: UInt64) {
    let topicCount = CorpusModel.topicCount
    let subtopics = topicCount / ThemeWords.all.count
    var background: [(WordReference, Double)] = []
    var topics = [[(word: WordReference, weight: Double)]](repeating: [], count: topicCount)
    var backgroundWeight = 0.0
    var total = 0.0
    let known = vocabulary.words
    let knownRanks = known.indices.sorted { (known[$0].theme ?? -1, $0) < (known[$1].theme ?? -1, $1) }
    let composedRanks = (0..<topicCount).flatMap { topic in
      (known.count..<Self.storedWords).filter { $0 % topicCount == topic }
    }
    let ranks = knownRanks + composedRanks
    for (slot, rank) in ranks.enumerated() {
      let weight = RankLaw.weight(rank: Double(rank + 1))
      total += weight
      guard rank < known.count else {
        topics[rank % topicCount].append((.stored(slot), weight))
        continue
      }
      guard let theme = known[rank].theme else {
        background.append((.stored(slot), weight))
        backgroundWeight += weight
        continue
      }
      let other = (1 - Self.ownShare) / Double(subtopics - 1)
      for subtopic in 0..<subtopics {
        let share = subtopic == known[rank].position % subtopics ? Self.ownShare : other
        topics[theme * subtopics + subtopic].append((.stored(slot), weight * share))
      }
    }
    self.ranks = ranks

    var buckets: [Bucket] = []
    var step = 1
    var lower = 0
    var upperRank = 0.0
    while upperRank < Self.highestRank {
      upperRank =
        Double(Self.storedWords) * PortableMath.pow(2, Double(step) / Double(Self.bucketsPerOctave))
      let upper = Int(upperRank - Double(Self.storedWords)) / topicCount
      let weight = RankLaw.tailWeight(
        lower: Double(Self.storedWords + lower * topicCount + 1),
        upper: Double(Self.storedWords + upper * topicCount + 1))
      total += weight
      for topic in 0..<topicCount { topics[topic].append((.bucket(buckets.count), weight / Double(topicCount))) }
      buckets.append(Bucket(lower: UInt32(lower), width: UInt32(upper - lower)))
      lower = upper
      step += 1
    }

    self.background = AliasTable(background)
    let tables = topics.map { AliasTable($0) }
    self.topics = tables
    self.buckets = FrozenArray(buckets)
    backgroundShare = backgroundWeight / total

    // Partners come from the same topic, so that they do not distort what a document is about.
    var random = SplitMix64(state: seed)
    var partners = [UInt32](repeating: 0, count: Self.storedWords)
    for (topic, words) in topics.enumerated() {
      let view = tables[topic].view
      for (word, _) in words where word.isStored {
        let partner = view.sample(random.next())
        if partner.isStored && partner != word { partners[word.number] = partner.bits }
      }
    }
    self.partners = FrozenArray(partners)
  }
}
