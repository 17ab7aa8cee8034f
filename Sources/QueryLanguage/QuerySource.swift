// The text of a query as bytes, and the questions that both the parser and the printer ask of it.

/// The text of a query as bytes. Every question may be asked at any offset, also past the end.
struct QuerySource {
  let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var count: Int { bytes.count }

  /// The byte at `offset`, which is never negative; NUL, which no rule mentions, past the end.
  subscript(offset: Int) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  /// The bytes of the white space (Unicode's White_Space) at `offset`, 0 when there is none.
  func blankLength(at offset: Int) -> Int {
    switch self[offset] {
    case 0x09...0x0D, 0x20:
      return 1
    case 0xC2:
      return self[offset + 1] == 0x85 || self[offset + 1] == 0xA0 ? 2 : 0
    case 0xE1:
      return self[offset + 1] == 0x9A && self[offset + 2] == 0x80 ? 3 : 0
    case 0xE2:
      switch (self[offset + 1], self[offset + 2]) {
      case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
      default: return 0
      }
    case 0xE3:
      return self[offset + 1] == 0x80 && self[offset + 2] == 0x80 ? 3 : 0
    default:
      return 0
    }
  }

  /// The offset of the first character at or after `offset` that is no white space.
  func skippingBlanks(from offset: Int) -> Int {
    var offset = offset
    while case let length = blankLength(at: offset), length > 0 { offset += length }
    return offset
  }

  /// The quotation mark at `offset`.
  func quotationMark(at offset: Int) -> QuotationMark? {
    switch self[offset] {
    case UInt8(ascii: "\""):
      return .straight
    case 0xE2 where self[offset + 1] == 0x80:
      return self[offset + 2] == 0x9C ? .leftDouble : self[offset + 2] == 0x9D ? .rightDouble : nil
    case 0xE3 where self[offset + 1] == 0x80:
      return self[offset + 2] == 0x8C ? .leftCorner : self[offset + 2] == 0x8D ? .rightCorner : nil
    default:
      return nil
    }
  }

  /// Whether no word goes on at `offset`: the end, white space, a parenthesis, a quotation mark.
  func isWordEnd(at offset: Int) -> Bool {
    switch self[offset] {
    case 0: offset >= count
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""): true
    case 0x09...0x0D, 0x20: true
    case 0x01..<0x80: false
    default: blankLength(at: offset) > 0 || quotationMark(at: offset) != nil
    }
  }

  /// Whether nothing can be asked for at `offset`: the end of the text or of a group.
  func isGroupEnd(at offset: Int) -> Bool {
    offset >= count || self[offset] == UInt8(ascii: ")")
  }

  /// The bytes of the character at `offset` + 1 when `offset` holds a backslash that escapes it, else 0: ASCII
  /// punctuation, white space and quotation marks can be escaped. Before anything else a backslash is text, so that
  /// `C:\Users` is what it was meant to be.
  func escapedLength(at offset: Int) -> Int {
    guard self[offset] == UInt8(ascii: "\\") else { return 0 }
    switch self[offset + 1] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return 0
    case 0x21...0x7E:
      return 1
    default:
      return max(blankLength(at: offset + 1), quotationMark(at: offset + 1)?.length ?? 0)
    }
  }

  /// The offset after the character, escaped or not, whose bytes begin at `offset`; a plain character beyond ASCII is
  /// taken byte by byte.
  func next(after offset: Int) -> Int {
    offset + 1 + escapedLength(at: offset)
  }

  /// The text of `range` as typed.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The text of `range` with its escapes resolved.
  func unescaped(_ range: Range<Int>) -> String {
    guard bytes[range].contains(UInt8(ascii: "\\")) else { return text(range) }
    var resolved: [UInt8] = []
    resolved.reserveCapacity(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
      if escapedLength(at: offset) > 0, offset + 1 < range.upperBound { offset += 1 }
      resolved.append(bytes[offset])
      offset += 1
    }
    return String(decoding: resolved, as: UTF8.self)
  }

  /// The operator that the whole word at `offset` spells, and where the word ends.
  func operatorWord(at offset: Int) -> (word: OperatorWord, end: Int)? {
    guard let found = operatorSpelling(at: offset), isWordEnd(at: found.end) else { return nil }
    return found
  }

  /// The operator whose letters stand at `offset`, whatever follows them, and where they end.
  func operatorSpelling(at offset: Int) -> (word: OperatorWord, end: Int)? {
    switch (self[offset], self[offset + 1], self[offset + 2]) {
    case (UInt8(ascii: "A"), UInt8(ascii: "N"), UInt8(ascii: "D")): return (.and, offset + 3)
    case (UInt8(ascii: "O"), UInt8(ascii: "R"), _): return (.or, offset + 2)
    case (UInt8(ascii: "N"), UInt8(ascii: "O"), UInt8(ascii: "T")): return (.not, offset + 3)
    case (UInt8(ascii: "&"), UInt8(ascii: "&"), _): return (.and, offset + 2)
    case (UInt8(ascii: "|"), UInt8(ascii: "|"), _): return (.or, offset + 2)
    case (UInt8(ascii: "N"), UInt8(ascii: "E"), UInt8(ascii: "A"))
    where self[offset + 3] == UInt8(ascii: "R") && self[offset + 4] == UInt8(ascii: "/"):
      let digits = digitsEnd(from: offset + 5)
      guard digits > offset + 5 else { return nil }
      return (.near(number(offset + 5..<digits)), digits)
    default: return nil
    }
  }

  /// The end of the decimal digits that begin at `offset`.
  func digitsEnd(from offset: Int) -> Int {
    var offset = offset
    while UInt8(ascii: "0")...UInt8(ascii: "9") ~= self[offset] { offset += 1 }
    return offset
  }

  /// The value of the digits in `range`; nil when it exceeds every limit.
  func number(_ range: Range<Int>) -> Int? {
    var value = 0
    for byte in bytes[range] {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      if value > QueryLimits.maximumDistance { return nil }
    }
    return value
  }

  /// The boost that the text of `range` spells, such as `2`, `.5` or `1e-05`.
  func boost(_ range: Range<Int>) -> Float? {
    guard !range.isEmpty, range.count <= 40 else { return nil }
    var offset = range.lowerBound
    let wholeEnd = digitsEnd(from: offset)
    var digits = wholeEnd - offset
    offset = wholeEnd
    if self[offset] == UInt8(ascii: ".") {
      let fractionEnd = digitsEnd(from: offset + 1)
      digits += fractionEnd - offset - 1
      offset = fractionEnd
    }
    guard digits > 0 else { return nil }
    if self[offset] == UInt8(ascii: "e") {
      offset += 1
      if self[offset] == UInt8(ascii: "-") || self[offset] == UInt8(ascii: "+") { offset += 1 }
      let exponentEnd = digitsEnd(from: offset)
      guard exponentEnd > offset else { return nil }
      offset = exponentEnd
    }
    guard offset == range.upperBound, let value = Float(text(range)), value.isFinite else { return nil }
    return value
  }

  /// The text between the quotation mark at `start` and its partner, and the offset behind that; nil when it has none.
  func closing(_ mark: QuotationMark, at start: Int) -> (inner: Range<Int>, end: Int)? {
    guard let closer = mark.closer else { return nil }
    let innerStart = start + mark.length
    var offset = innerStart
    while offset < count {
      if quotationMark(at: offset) == closer { return (innerStart..<offset, offset + closer.length) }
      offset = next(after: offset)
    }
    return nil
  }

  /// The text between the quotation mark at `start` and its partner, with its escapes resolved.
  func quoted(_ mark: QuotationMark, at start: Int) throws(QueryParseError) -> (text: String, end: Int) {
    let range = start..<start + mark.length
    guard let closer = mark.closer else {
      throw QueryParseError(
        .unopenedQuotation, "the quotation mark was not opened", at: range, expected: ["\\\(mark.text)"])
    }
    guard let (inner, end) = closing(mark, at: start) else {
      throw QueryParseError(
        .unclosedQuotation, "the quotation mark is not closed", at: range, expected: [closer.text, "\\\(mark.text)"])
    }
    return (unescaped(inner), end)
  }

  /// Whether the text of `range` asks for everything: `*:*`, or stars alone.
  func isStars(_ range: Range<Int>) -> Bool {
    let text = bytes[range]
    return !text.isEmpty && (text.allSatisfy { $0 == UInt8(ascii: "*") } || text.elementsEqual("*:*".utf8))
  }

  /// The last letter, digit or acting `*` of a word. A `?` before it is a wildcard; one behind it is text, so that
  /// questions stay what they are (`title?`, `really?!`).
  func lastWildcardAnchor(in range: Range<Int>) -> Int? {
    var last: Int?
    var offset = range.lowerBound
    var literalEnd = offset
    for scalar in text(range).unicodeScalars {
      let escape = offset >= literalEnd ? escapedLength(at: offset) : 0
      if escape > 0 { literalEnd = offset + 1 + escape }
      let isActing = scalar == "*" && offset >= literalEnd
      if isActing || scalar.properties.isAlphabetic || scalar.properties.numericType != nil { last = offset }
      offset += UTF8.width(scalar)
    }
    return last
  }
}
