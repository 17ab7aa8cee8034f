// Whether bytes are in the encoding that the manifest states.

/// The encodings of the corpus.
enum StatedEncoding: String, CaseIterable {
  case utf8 = "UTF-8"
  case markedUTF8 = "UTF-8 with BOM"
  case big5 = "Big5-HKSCS"
  case gb18030 = "GB18030"
  case markedUTF16LittleEndian = "UTF-16LE with BOM"
  case markedUTF16BigEndian = "UTF-16BE with BOM"
  case utf16LittleEndian = "UTF-16LE without BOM"

  private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let littleEndianMark: [UInt8] = [0xFF, 0xFE]
  private static let bigEndianMark: [UInt8] = [0xFE, 0xFF]

  /// Whether the bytes are well formed in this encoding, and not in UTF-8 where that is another one.
  func fits(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .utf8: isUTF8(bytes) && !bytes.starts(with: Self.utf8Mark)
    case .markedUTF8: isUTF8(bytes) && bytes.starts(with: Self.utf8Mark)
    case .big5: !isUTF8(bytes) && isBig5(bytes)
    case .gb18030: !isUTF8(bytes) && isGB18030(bytes)
    case .markedUTF16LittleEndian:
      bytes.starts(with: Self.littleEndianMark) && isUTF16(bytes) { UInt16($1) << 8 | UInt16($0) }
    case .markedUTF16BigEndian:
      bytes.starts(with: Self.bigEndianMark) && isUTF16(bytes) { UInt16($0) << 8 | UInt16($1) }
    case .utf16LittleEndian:
      !isUTF8(bytes) && !bytes.starts(with: Self.littleEndianMark) && isUTF16(bytes) { UInt16($1) << 8 | UInt16($0) }
    }
  }

  private func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  private func isUTF16(_ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16) -> Bool {
    guard bytes.count.isMultiple(of: 2) else { return false }
    let units = stride(from: 0, to: bytes.count, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
    // A wrong order of bytes makes white space rare or none.
    let blanks = units.count { $0 == 0x20 || $0 == 0x0A }
    return String(validating: units, as: UTF16.self) != nil && blanks > 0
  }

  /// Single ASCII bytes and pairs: a lead from 0x87, a trail in 0x40...0x7E or from 0xA1 (HKSCS-2016, Big5 form).
  private func isBig5(_ bytes: [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case ..<0x80: place += 1
      case 0x87...0xFE:
        guard place + 1 < bytes.count else { return false }
        guard (0x40...0x7E).contains(bytes[place + 1]) || (0xA1...0xFE).contains(bytes[place + 1]) else { return false }
        place += 2
      default: return false
      }
    }
    return true
  }

  /// Single ASCII bytes, pairs and fours, as GB 18030 has them.
  private func isGB18030(_ bytes: [UInt8]) -> Bool {
    let lead: ClosedRange<UInt8> = 0x81...0xFE
    let digit: ClosedRange<UInt8> = 0x30...0x39
    var place = 0
    while place < bytes.count {
      if bytes[place] < 0x80 {
        place += 1
        continue
      }
      guard lead.contains(bytes[place]), place + 1 < bytes.count else { return false }
      let second = bytes[place + 1]
      if (0x40...0xFE).contains(second), second != 0x7F {
        place += 2
      } else {
        guard place + 3 < bytes.count, digit.contains(second), lead.contains(bytes[place + 2]),
          digit.contains(bytes[place + 3])
        else { return false }
        place += 4
      }
    }
    return true
  }
}
