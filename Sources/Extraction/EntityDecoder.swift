// Character references such as `&amp;`, `&#x4E2D;` and `&nbsp;`.

import CHTML

/// Decodes character references; remembers the names it met, for one document.
struct EntityDecoder {
  private var known: [[UInt8]: [UInt8]] = [
    Array("amp".utf8): [0x26], Array("lt".utf8): [0x3C], Array("gt".utf8): [0x3E], Array("quot".utf8): [0x22],
    Array("nbsp".utf8): [0xC2, 0xA0],
  ]

  /// Adds text to the builder with its references decoded; what is none stays as it is. Linear.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, to builder: inout TextBuilder) {
    var start = 0
    var position = 0
    while position < text.count {
      guard text[position] == UInt8(ascii: "&"),
        let end = Self.referenceEnd(text, position),
        let decoded = decode(UnsafeBufferPointer(rebasing: text[position..<end]))
      else {
        position += 1
        continue
      }
      builder.append(UnsafeBufferPointer(rebasing: text[start..<position]))
      decoded.withUnsafeBufferPointer { builder.append($0) }
      position = end
      start = end
    }
    builder.append(UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// What a reference from `&` to `;` stands for, or nil.
  mutating func decode(_ reference: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let name = reference.dropFirst().dropLast()
    guard let first = name.first else { return nil }
    if first == UInt8(ascii: "#") { return Self.decodeNumber(name.dropFirst()) }
    let key = Array(name)
    if let bytes = known[key] { return bytes.isEmpty ? nil : bytes }
    guard known.count < ExtractionLimits.maximalEntityNamesPerDocument else { return nil }
    // The parser knows the standard's 2,231 names; asked once for each.
    let decoded = Self.parse(Array(reference))
    let bytes = decoded == Array(reference) ? [] : decoded
    known[key] = bytes
    return bytes.isEmpty ? nil : bytes
  }

  private static func decodeNumber(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
    let isHexadecimal = digits.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
    guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10) else { return nil }
    let scalar = Unicode.Scalar(value == 0 ? 0xFFFD : value) ?? "\u{FFFD}"
    return Array(String(Character(scalar)).utf8)
  }

  private static func parse(_ reference: [UInt8]) -> [UInt8] {
    reference.withUnsafeBufferPointer { buffer in
      guard let document = chtml_parse(buffer.baseAddress, buffer.count, 1 << 20) else { return [] }
      defer { chtml_free(document) }
      var text: [UInt8] = []
      while true {
        let event = chtml_next(document)
        if event.kind == CHTML_END { return text }
        if event.kind == CHTML_TEXT {
          text.append(contentsOf: UnsafeBufferPointer(start: event.bytes, count: event.count))
        }
      }
    }
  }

  /// The position behind the `;` of a reference that starts here.
  private static func referenceEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    let limit = min(text.count, start + ExtractionLimits.maximalEntityNameLengthInBytes + 2)
    var position = start + 1
    while position < limit {
      let byte = text[position]
      if byte == UInt8(ascii: ";") { return position > start + 1 ? position + 1 : nil }
      let isName = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "#")
      if !isName { return nil }
      position += 1
    }
    return nil
  }
}
