// Matching one part of a path against one part of an ignore pattern.

/// The glob language of ignore files within one path component: `*`, `?`, `[a-z]`, `[!a-z]`, `[[:digit:]]` and `\`.
///
/// Works on UTF-8; `?` and a bracket expression take one character. Time is at most the product of both lengths.
enum IgnoreGlob {
  static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var p = pattern.startIndex
    var n = name.startIndex
    // Where to go on after a mismatch: behind the last star, which then takes one byte more.
    var afterStar: Int?
    var starEnd = n
    while n < name.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        p += 1
        afterStar = p
        starEnd = n
        continue
      }
      if let (nextPattern, nextName) = step(pattern, p, name, n) {
        p = nextPattern
        n = nextName
        continue
      }
      guard let restart = afterStar else { return false }
      starEnd += 1
      p = restart
      n = starEnd
    }
    while p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") { p += 1 }
    return p == pattern.endIndex
  }

  /// Matches one element that isn't a star against one character; the positions behind both, or nil.
  private static func step(
    _ pattern: ArraySlice<UInt8>, _ p: Int, _ name: ArraySlice<UInt8>, _ n: Int
  ) -> (Int, Int)? {
    guard p < pattern.endIndex else { return nil }
    switch pattern[p] {
    case UInt8(ascii: "?"):
      return (p + 1, n + characterLength(name, n))
    case UInt8(ascii: "["):
      return bracket(pattern, p, name, n)
    case UInt8(ascii: "\\"):
      guard p + 1 < pattern.endIndex, pattern[p + 1] == name[n] else { return nil }
      return (p + 2, n + 1)
    default:
      return pattern[p] == name[n] ? (p + 1, n + 1) : nil
    }
  }

  /// Matches a bracket expression; without a closing bracket it matches nothing.
  private static func bracket(
    _ pattern: ArraySlice<UInt8>, _ start: Int, _ name: ArraySlice<UInt8>, _ n: Int
  ) -> (Int, Int)? {
    let (character, length) = scalar(name, n)
    var p = start + 1
    guard p < pattern.endIndex else { return nil }
    let isNegated = pattern[p] == UInt8(ascii: "!") || pattern[p] == UInt8(ascii: "^")
    if isNegated { p += 1 }
    var isMember = false
    var isFirst = true
    while p < pattern.endIndex {
      if pattern[p] == UInt8(ascii: "]"), !isFirst {
        return isMember != isNegated ? (p + 1, n + length) : nil
      }
      isFirst = false
      if let (holds, behind) = namedClass(pattern, p, character) {
        if holds { isMember = true }
        p = behind
        continue
      }
      guard let (low, afterLow) = bracketCharacter(pattern, p) else { return nil }
      p = afterLow
      var high = low
      if p + 1 < pattern.endIndex, pattern[p] == UInt8(ascii: "-"), pattern[p + 1] != UInt8(ascii: "]") {
        guard let (end, afterHigh) = bracketCharacter(pattern, p + 1) else { return nil }
        high = end
        p = afterHigh
      }
      if low <= character, character <= high { isMember = true }
    }
    return nil
  }

  private static func bracketCharacter(_ pattern: ArraySlice<UInt8>, _ p: Int) -> (UInt32, Int)? {
    let at = pattern[p] == UInt8(ascii: "\\") ? p + 1 : p
    guard at < pattern.endIndex else { return nil }
    let (value, length) = scalar(pattern, at)
    return (value, at + length)
  }

  /// Whether a class such as `[:alpha:]` at `p` holds the character, and the position behind it; nil if there is none.
  private static func namedClass(_ pattern: ArraySlice<UInt8>, _ p: Int, _ character: UInt32) -> (Bool, Int)? {
    guard pattern[p...].starts(with: Array("[:".utf8)) else { return nil }
    var end = p + 2
    while end < pattern.endIndex, (0x61...0x7A).contains(pattern[end]) { end += 1 }
    guard pattern[end...].starts(with: Array(":]".utf8)) else { return nil }
    let isDigit = (0x30...0x39).contains(character)
    let isUpper = (0x41...0x5A).contains(character)
    let isLower = (0x61...0x7A).contains(character)
    let isGraphic = (0x21...0x7E).contains(character)
    let isAlphanumeric = isDigit || isUpper || isLower
    let holds: Bool
    switch String(decoding: pattern[(p + 2)..<end], as: UTF8.self) {
    case "alnum": holds = isAlphanumeric
    case "alpha": holds = isUpper || isLower
    case "blank": holds = character == 0x20 || character == 0x09
    case "cntrl": holds = character < 0x20 || character == 0x7F
    case "digit": holds = isDigit
    case "graph": holds = isGraphic
    case "lower": holds = isLower
    case "print": holds = isGraphic || character == 0x20
    case "punct": holds = isGraphic && !isAlphanumeric
    case "space": holds = character == 0x20 || (0x09...0x0D).contains(character)
    case "upper": holds = isUpper
    case "xdigit": holds = isDigit || (0x41...0x46).contains(character) || (0x61...0x66).contains(character)
    default: return nil
    }
    return (holds, end + 2)
  }

  /// The length of the character at an index; 1 for what isn't UTF-8.
  private static func characterLength(_ bytes: ArraySlice<UInt8>, _ at: Int) -> Int { scalar(bytes, at).1 }

  /// The scalar at an index and its length; a byte that doesn't start a character stands for itself.
  private static func scalar(_ bytes: ArraySlice<UInt8>, _ at: Int) -> (UInt32, Int) {
    let lead = bytes[at]
    let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
    guard length > 1, at + length <= bytes.endIndex else { return (UInt32(lead), 1) }
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for byte in bytes[(at + 1)..<(at + length)] {
      guard byte & 0xC0 == 0x80 else { return (UInt32(lead), 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (value, length)
  }
}
