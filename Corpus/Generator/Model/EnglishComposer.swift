// Rare English words, made of syllables and real endings.

/// Composes a pronounceable word from a number: one to three syllables and one of four endings of an inflection.
///
/// Numbers that differ only in the two lowest bits above the topic share their stem, so that stemming has something to do.
final class EnglishComposer: Sendable {
  private let initials: PieceTable
  private let inner: PieceTable
  private let endings: PieceTable

  /// Endings in groups of four, each group one way to inflect a stem.
  private static let endingGroups = [
    ["", "s", "ed", "ing"], ["", "s", "", "s"], ["e", "es", "ed", "ing"], ["", "s", "er", "ers"],
    ["al", "als", "ally", "ality"], ["ion", "ions", "ional", "ion"], ["ic", "ics", "ical", "ically"],
    ["y", "ies", "ied", "ying"], ["ous", "ously", "ous", "ousness"], ["ment", "ments", "ment", "mental"],
    ["ise", "ised", "ising", "isation"], ["able", "ably", "able", "ability"], ["in", "ins", "ine", "ines"],
    ["ist", "ists", "ism", "istic"], ["ant", "ants", "ance", "ancy"], ["ive", "ively", "ives", "ivity"],
  ]

  /// What the hot loop composes with.
  struct View {
    let initials: PieceTable.View
    let inner: PieceTable.View
    let endings: PieceTable.View

    /// Writes the word of a number to `out`, where 48 bytes have to be free, and returns its end.
    ///
    /// - Parameter short: Whether one syllable may be enough, as for words of the core vocabulary.
    @inline(__always)
    func compose(_ number: UInt32, short: Bool, to out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
      let topics = UInt64(CorpusModel.topicCount)
      let local = UInt64(number) / topics
      let stem = SplitMix64.mix(((local &>> 2) &* topics &+ UInt64(number) % topics) ^ 0x454E_474C_4953_4800)
      let lengthBits = stem &>> 60
      var end = initials.copy(stem, to: out)
      if !short || lengthBits > 8 { end = inner.copy(stem &>> 16, to: end) }
      if !short && lengthBits < 8 { end = inner.copy(stem &>> 32, to: end) }
      let group = (stem &>> 48) & 15
      return endings.copy(at: Int(truncatingIfNeeded: group &* 4 &+ (local & 3)), to: end)
    }
  }

  /// The composer; the syllables are drawn once, the simpler ones more often.
  init() {
    let onsets = "s c p d m b r t l f h g n v st pr tr w k cr gr ch sh br pl fl cl dr sp th sc bl j sl str qu fr"
      .split(separator: " ")
    let vowels = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ea", "ai", "ou", "oo", "ee"]
    let codas = ["", "n", "r", "l", "t", "s", "m", "nd", "nt", "ct", "st", "c", "d", "p", "rd", "ll", "g", "rt"]
    let links = ["t", "r", "l", "n", "d", "m", "s", "v", "c", "p", "b", "g", "st", "nt", "rm", "ss", "tr", "nd", "ct"]
    let ends = ["t", "n", "r", "l", "d", "m", "s", "v", "c", "nt", "st", "ct", "rd"]
    var random = SplitMix64(state: 0x53_59_4C_4C)
    /// The smaller of two draws favours the front of a list.
    func front(_ list: [some StringProtocol]) -> String {
      String(list[min(random.below(list.count), random.below(list.count))])
    }
    initials = PieceTable((0..<1024).map { _ in front(onsets) + front(vowels) + front(codas) })
    // Vowels at the front, so that syllables join without piles of consonants.
    inner = PieceTable(
      (0..<1024).map { _ in
        let vowel = vowels[random.below(5)]
        return random.below(2) == 0 ? vowel + front(ends) : front(links) + vowel + front(ends)
      })
    endings = PieceTable(Self.endingGroups.flatMap { $0 })
  }

  /// The tables for the hot loop. The composer has to outlive the view.
  var view: View { View(initials: initials.view, inner: inner.view, endings: endings.view) }
}
