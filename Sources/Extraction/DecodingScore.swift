// Scores of one reading of a text.

/// The mean weight of the characters that tell something about the encoding.
struct DecodingScore {
  private var sum: Float = 0
  private(set) var characters = 0

  /// The mean weight; 0 for no characters.
  var mean: Float { characters == 0 ? 0 : sum / Float(characters) }

  private mutating func add(_ weight: Float) {
    sum += weight
    characters += 1
  }

  /// The score of text decoded from a charset that has ASCII as it is: ASCII says nothing then.
  init(decoded bytes: [UInt8]) {
    let likelihood = CharacterLikelihood.shared
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
      add(likelihood.weight(of: scalar.value))
    }
  }

  /// The score of a reading as windows-1252, where letters beyond ASCII stand alone among ASCII letters.
  init(windows1252 bytes: [UInt8]) {
    func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
    for index in bytes.indices where bytes[index] >= 0x80 {
      let byte = bytes[index]
      let before = index > 0 ? bytes[index - 1] : 0x20
      let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
      if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) {
        add(CharacterLikelihood.undecodable)
      } else if before >= 0x80 || after >= 0x80 {
        add(-1)
      } else if byte >= 0xC0, byte != 0xD7, byte != 0xF7 {
        let isCapitalInside = byte < 0xE0 && (0x61...0x7A).contains(before)
        add(isCapitalInside ? -1 : isLetter(before) || isLetter(after) ? 1.5 : 0)
      } else {
        add(1)
      }
    }
  }

  /// The score of a reading as UTF-16, where ASCII counts too: each of its characters has a byte that is zero.
  init(utf16 bytes: [UInt8], isBigEndian: Bool) {
    let likelihood = CharacterLikelihood.shared
    var high: UInt32?
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let first = UInt32(bytes[index])
      let second = UInt32(bytes[index + 1])
      let unit = isBigEndian ? first << 8 | second : second << 8 | first
      if let pending = high {
        high = nil
        if (0xDC00...0xDFFF).contains(unit) {
          add(likelihood.weight(of: 0x10000 + (pending - 0xD800) << 10 + (unit - 0xDC00)))
          continue
        }
        add(CharacterLikelihood.undecodable)
      }
      switch unit {
      case 0xD800...0xDBFF: high = unit
      case 0xDC00...0xDFFF, 0: add(CharacterLikelihood.undecodable)
      case 0x20...0x7E, 0x09, 0x0A, 0x0D: add(1)
      case 0..<0x20, 0x7F: add(-4)
      // Two bytes of EUC-KR read as one unit are mostly a syllable too.
      case 0xAC00...0xD7A3: add(0.3)
      default: add(likelihood.weight(of: unit))
      }
    }
  }
}
