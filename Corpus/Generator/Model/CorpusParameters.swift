// What a corpus depends on.

/// Everything that decides the bytes of a document besides its number.
public struct CorpusParameters: Sendable, Equatable {
  /// The mean lengths that can be asked for, in words.
  public static let meanLengths = 1...100_000

  /// The seed of all documents.
  public let seed: UInt64
  /// The shares of languages and scripts.
  public let mix: KindMix
  /// The mean length of a document's text in words.
  public let meanLength: Int

  /// The parameters of a corpus.
  ///
  /// - Throws: ``CorpusError`` when the mean length is outside ``meanLengths``.
  public init(seed: UInt64 = 1, mix: KindMix = .standard, meanLength: Int = 300) throws(CorpusError) {
    guard Self.meanLengths.contains(meanLength) else {
      throw CorpusError(
        message: "mean length: \(meanLength) is not between \(Self.meanLengths.lowerBound) and "
          + "\(Self.meanLengths.upperBound) words")
    }
    self.seed = seed
    self.mix = mix
    self.meanLength = meanLength
  }
}
