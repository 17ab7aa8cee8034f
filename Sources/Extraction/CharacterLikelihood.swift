// How likely decoded characters are in real text, to tell a right decoding from one that merely works.

/// Weights of characters, positive for what text in an encoding of East Asia or western Europe is made of and negative
/// for what mostly comes of a wrong decoding. They are log-likelihood ratios in spirit, set by hand and checked on texts
/// of every encoding.
struct CharacterLikelihood: Sendable {
  /// The weight of a sequence of bytes that stands for no character.
  static let undecodable: Float = -8

  /// Built at first use, in less than a millisecond.
  static let shared = CharacterLikelihood()

  /// Weights of Han characters from U+4E00 to U+9FFF.
  private let han: [Float]

  private static let firstHan: UInt32 = 0x4E00
  private static let lastHan: UInt32 = 0x9FFF
  private static let frequentWeight: Float = 2
  private static let commonWeight: Float = 0.2
  private static let rareWeight: Float = -1.5

  private init() {
    var weights = [Float](repeating: Self.rareWeight, count: Int(Self.lastHan - Self.firstHan) + 1)
    func set(_ scalars: some Sequence<Unicode.Scalar>, _ weight: Float) {
      for scalar in scalars where Self.firstHan <= scalar.value && scalar.value <= Self.lastHan {
        weights[Int(scalar.value - Self.firstHan)] = weight
      }
    }
    // The first level of GB 2312 and the frequent section of Big5 are the characters of daily use.
    for (leads, trails, charset) in [
      (UInt8(0xB0)...0xD7, [UInt8(0xA1)...0xFE], "gb18030"),
      (UInt8(0xA4)...0xC6, [UInt8(0x40)...0x7E, UInt8(0xA1)...0xFE], "Big5"),
    ] {
      let codes = leads.flatMap { lead in trails.joined().flatMap { [lead, $0] } }
      let table = codes.withUnsafeBufferPointer { try? CharsetConverter.convert($0, from: charset) }
      set(String(decoding: table?.bytes ?? [], as: UTF8.self).unicodeScalars, Self.commonWeight)
    }
    set(FrequentHan.characters.unicodeScalars, Self.frequentWeight)
    han = weights
  }

  /// The weight of a character beyond ASCII.
  func weight(of scalar: UInt32) -> Float {
    switch scalar {
    case Self.firstHan...Self.lastHan: return han[Int(scalar - Self.firstHan)]
    case 0x80...0x9F: return -4
    case 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026: return 1.5
    case 0x3000...0x3011, 0xFF01...0xFF5E: return 1.5
    case 0x3041...0x3093, 0x30A1...0x30F6, 0x30FC: return 0.8
    case 0xAC00...0xD7A3: return 0.9
    case 0xFF61...0xFF9F: return -1
    case 0xE000...0xF8FF: return -4
    case 0xFFFD: return Self.undecodable
    case 0x3400...0x4DBF, 0x20000...0x3FFFF: return -0.5
    case 0x1F300...0x1FAFF: return 0
    case 0xF0000...0x10FFFF: return -4
    default: return -0.5
    }
  }
}
