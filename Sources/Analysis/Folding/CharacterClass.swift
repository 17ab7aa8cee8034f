// The classes of folded code points; the numbers are those of the folding tables.

/// What a folded code point is to the scanner.
enum CharacterClass {
  static let separator: UInt8 = 0
  /// A letter or number of a script written with spaces.
  static let letter: UInt8 = 1
  /// A decimal digit, folded to ASCII.
  static let digit: UInt8 = 2
  /// A Han character, kana, bopomofo, or a letter of another script written like them.
  static let ideograph: UInt8 = 3
  static let hangul: UInt8 = 4
  /// A letter of Thai, Lao, Khmer, Burmese and their kin.
  static let complex: UInt8 = 5
  static let blank: UInt8 = 6
  static let line: UInt8 = 7
  static let paragraph: UInt8 = 8
  /// Folds to nothing: accents, variation selectors, invisible format characters.
  static let ignorable: UInt8 = 9
  /// A mark that counts: it belongs to the letter before it.
  static let mark: UInt8 = 10
  /// An emoji or pictograph, a word of its own.
  static let symbol: UInt8 = 11
  /// Past the end of the text; not in the tables.
  static let end: UInt8 = 12
}
