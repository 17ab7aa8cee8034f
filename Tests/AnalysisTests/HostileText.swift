// Texts that analysis has to bear.

import TestSupport

/// Random texts, seldom well-formed.
enum HostileText {
  /// Pieces of which hostile texts are made.
  private static let pieces: [String] = [
    "香港", "科學園", "裏", "𨋢", "𠝹", "㗎", "word", "Running", "C++", "C#", ".NET", "e-mail", "a.b.c", "1,234.5", "12%",
    " ", " ", "\n", "\n\n", "\r\n", "\t", "\u{3000}", "，", "。", "·", "é", "e\u{0301}", "ﬁ", "½", "İ", "Ⅳ", "ß", "㍿",
    "㏒",
    "カラオケ", "ｶﾞ", "か\u{3099}", "서울", "\u{1100}\u{1161}\u{11A8}", "ภาษาไทย", "ກຳ", "မြန်မာ", "ខ្មែរ", "हिन्दी", "العَرَبِيَّة", "עִברִית",
    "\u{200D}", "\u{200B}", "\u{FEFF}", "\u{00AD}", "\u{202E}", "\u{0301}", "\u{0000}", "\u{FFFF}", "\u{10FFFF}",
    "\u{E000}",
    "😀", "👩\u{200D}💻", "🇭🇰", "@", "_", "__", "'", "\u{2019}", "-", "--", ".", "...", "+", "#", "&", "/", ":", "%", "x",
    "9",
    "covid19", "v1.2", "don't", "O'Brien", "\u{FE00}", "\u{E0100}", "𝔘𝔫𝔦", "ⓐ", "〇", "々", "ー", "ㄅ", "ꀀ", "𗀀",
  ]

  /// Up to forty pieces, stray bytes and scalar values of all planes.
  static func make(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: bytes.append(UInt8.random(in: .min ... .max, using: &generator))
      case 1:
        if let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x110000, using: &generator)) {
          bytes += Array(String(Character(scalar)).utf8)
        } else {
          bytes += [0xED, 0xA0, 0x80]
        }
      default: bytes += Array((pieces.randomElement(using: &generator) ?? "").utf8)
      }
    }
    return bytes
  }
}
