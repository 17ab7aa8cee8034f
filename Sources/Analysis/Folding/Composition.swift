// Composition of Hangul syllables and voiced kana.
internal import CFoldingTables

/// The two compositions that folded text keeps (all other text is compared decomposed and without accents).
enum Composition {
  /// The character that `first` and `second` make together, if they do (Unicode Standard, section 3.12, for Hangul).
  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    switch second {
    case 0x3099, 0x309A:
      return kana(first, second)
    case 0x1161...0x1175 where (0x1100...0x1112).contains(first):
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    case 0x11A8...0x11C2 where (0xAC00...0xD7A3).contains(first) && (first - 0xAC00) % 28 == 0:
      return first + second - 0x11A7
    default:
      return nil
    }
  }

  private static func kana(_ base: UInt32, _ mark: UInt32) -> UInt32? {
    var low: UInt32 = 0
    var high = loquat_folding_kana_count
    while low < high {
      let middle = (low + high) / 2
      guard let row = loquat_folding_kana_row(middle) else { return nil }
      if (row[0], row[1]) == (base, mark) { return row[2] }
      if (row[0], row[1]) < (base, mark) { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
