// Characters of Hong Kong that ICU still gives as private ones.

enum HongKongCharacters {
  /// Unicode's own characters for private ones that stand for characters of HKSCS-2004: ICU's table is older than their
  /// encoding in Unicode 4.1 and 5.2. From the mapping of the Hong Kong Supplementary Character Set.
  private static let replacements: [UInt32: String] = [
    0xF303: "\u{31C0}", 0xF304: "\u{31C1}", 0xF305: "\u{31C2}", 0xF306: "\u{31C3}", 0xF307: "\u{31C4}",
    0xF309: "\u{31C5}", 0xF30C: "\u{31C6}", 0xF30D: "\u{31C7}", 0xF310: "\u{31C8}", 0xF312: "\u{31C9}",
    0xF313: "\u{31CA}", 0xF314: "\u{31CB}", 0xF315: "\u{31CC}", 0xF317: "\u{31CD}", 0xF318: "\u{31CE}",
    0xF325: "\u{CA}\u{304}", 0xF327: "\u{CA}\u{30C}", 0xF344: "\u{EA}\u{304}", 0xF346: "\u{EA}\u{30C}",
    0xF34A: "\u{23DA}", 0xF34B: "\u{23DB}", 0xF57A: "\u{9FA6}", 0xF5A4: "\u{9FA7}", 0xF5AB: "\u{9FA8}",
    0xF5CC: "\u{9FA9}", 0xF5CE: "\u{9FAA}", 0xF5D0: "\u{9FAB}", 0xF5D5: "\u{9FAC}", 0xF5EC: "\u{9FAD}",
    0xF5ED: "\u{9FAE}", 0xF5EF: "\u{9FAF}", 0xF602: "\u{9FB2}", 0xF61C: "\u{9FB3}", 0xF7E5: "\u{31CF}",
    0xF7EB: "\u{9FB0}", 0xF7ED: "\u{9FB1}",
  ]

  /// Text with the private characters replaced. Linear; text without any is handed back as it came.
  static func replacingPrivate(in text: [UInt8]) -> [UInt8] {
    // Private characters from U+F300 to U+F7FF start with these two bytes.
    let isConcerned = zip(text, text.dropFirst()).contains { $0 == 0xEF && (0x8C...0x9F).contains($1) }
    guard isConcerned else { return text }
    var replaced = String.UnicodeScalarView()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if let replacement = replacements[scalar.value] {
        replaced.append(contentsOf: replacement.unicodeScalars)
      } else {
        replaced.append(scalar)
      }
    }
    return Array(String(replaced).utf8)
  }
}
