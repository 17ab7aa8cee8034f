// Names of people and companies that documents are about.

/// Composes the name of a numbered person or company in one script.
///
/// The same number is the same person or company in every script. Filled by `init` and not changed afterwards.
final class NameBook: Sendable {
  /// How many people and companies there are.
  static let population = 50_000
  /// Bytes that ``compose(_:to:)`` may write.
  static let maximumLength = 96

  private let isEnglish: Bool
  private let family: WordArena
  private let given: WordArena
  private let trade: WordArena
  private let brand: WordArena
  private let english: EnglishComposer

  /// The names in English, by means of a composer for the first parts of company names.
  init(english: EnglishComposer) {
    isEnglish = true
    self.english = english
    family = Self.arena(NameParts.familyEnglish) { String($0) }
    given = Self.arena(NameParts.givenEnglish) { String($0) }
    trade = Self.arena(NameParts.tradeEnglish) { String($0) }
    brand = Self.arena(NameParts.brandCharacters) { String($0) }
  }

  /// The names in Chinese, by means of a way to write words in the script.
  init(english: EnglishComposer, script: (Substring) -> String) {
    isEnglish = false
    self.english = english
    family = Self.arena(NameParts.familyChinese, script)
    given = Self.arena(NameParts.givenChinese, script)
    trade = Self.arena(NameParts.tradeChinese, script)
    brand = Self.arena(NameParts.brandCharacters, script)
  }

  private static func arena(_ list: String, _ script: (Substring) -> String) -> WordArena {
    let words = list.split(whereSeparator: \.isWhitespace)
    let arena = WordArena(capacity: words.count)
    for word in words { arena.append(script(word).utf8) }
    return arena
  }

  /// Writes the name of a number below ``population`` to `out`, where ``maximumLength`` bytes have to be free, and
  /// returns its end. Even numbers are people, odd numbers companies.
  func compose(_ number: Int, to out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var random = SplitMix64(state: SplitMix64.mix(UInt64(number) ^ 0x4E41_4D45))
    let first = random.below(min(family.count, brand.count))
    let second = random.below(given.count)
    let third = random.below(given.count)
    let tradeSlot = random.below(trade.count)
    var end: UnsafeMutableRawPointer
    switch (number % 2 == 0, isEnglish) {
    case (true, true):
      end = family.view.copy(first, to: out)
      end = Self.put(UInt8(ascii: " "), end)
      let givenStart = end
      end = given.view.copy(second, to: end)
      Self.capitalise(givenStart)
      end = Self.put(UInt8(ascii: "-"), end)
      end = given.view.copy(third, to: end)
    case (true, false):
      end = family.view.copy(first, to: out)
      end = given.view.copy(second, to: end)
      end = given.view.copy(third, to: end)
    case (false, true):
      end = english.view.compose(UInt32(number), short: true, to: out)
      Self.capitalise(out)
      end = Self.put(UInt8(ascii: " "), end)
      end = trade.view.copy(tradeSlot, to: end)
    case (false, false):
      end = brand.view.copy(first, to: out)
      end = brand.view.copy(second % brand.count, to: end)
      end = trade.view.copy(tradeSlot, to: end)
    }
    return end
  }

  private static func put(_ byte: UInt8, _ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    out.storeBytes(of: byte, as: UInt8.self)
    return out + 1
  }

  private static func capitalise(_ place: UnsafeMutableRawPointer) {
    let byte = place.load(as: UInt8.self)
    if byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") { place.storeBytes(of: byte - 32, as: UInt8.self) }
  }
}
