// UTF-8 with a few bytes that are wrong.

/// Tells UTF-8 that was cut or spliced from text in another encoding.
enum DamagedUTF8 {
  /// Characters of several bytes there have to be for each faulty byte. In other encodings bytes beyond ASCII form valid
  /// UTF-8 by chance only: in texts in GB18030 or Big5 one pair in several does, in windows-1252 nearly none.
  private static let charactersPerFault = 8

  /// Whether nearly all bytes beyond ASCII form valid UTF-8. Linear.
  static func isLikely(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var characters = 0
    var faults = 0
    var at = 0
    while at < bytes.count {
      let length = validLength(bytes, at)
      if length == 0 {
        faults += 1
        at += 1
      } else {
        if length > 1 { characters += 1 }
        at += length
      }
    }
    return characters > 0 && faults * charactersPerFault <= characters
  }

  /// The length of the valid character at a place; 0 when there is none (Unicode, table 3-7).
  private static func validLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let first = bytes[at]
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { low = 0xA0 }
      if first == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { low = 0x90 }
      if first == 0xF4 { high = 0x8F }
    default: return 0
    }
    guard at + length <= bytes.count, (low...high).contains(bytes[at + 1]) else { return 0 }
    for place in at + 2..<max(at + 2, at + length) where bytes[place] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
