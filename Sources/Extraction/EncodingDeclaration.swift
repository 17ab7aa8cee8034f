// What markup says about its own encoding.

enum EncodingDeclaration {
  /// The charset that HTML's `<meta charset>` or `http-equiv`, or an XML declaration names, as a name for ICU; nil
  /// where there is none. Looks at the first 1024 bytes, as the HTML standard does.
  static func charset(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let head = bytes.prefix(1024).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    if head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: UInt8(ascii: ">")),
      let label = value(of: "encoding", in: head[..<end])
    {
      return icuName(for: label)
    }
    var rest = head[...]
    while let start = firstIndex(of: "<meta", in: rest) {
      rest = rest[(start + 5)...]
      let end = rest.firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex
      if let label = value(of: "charset", in: rest[..<end]) { return icuName(for: label) }
    }
    return nil
  }

  /// What stands behind `name=`, in quotes or not.
  private static func value(of name: String, in bytes: ArraySlice<UInt8>) -> String? {
    guard let start = firstIndex(of: name, in: bytes) else { return nil }
    var rest = bytes[(start + name.utf8.count)...].drop { $0 <= 0x20 }
    guard rest.first == UInt8(ascii: "=") else { return nil }
    rest = rest.dropFirst().drop { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let label = rest.prefix { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "-_:.+".utf8.contains(byte)
    }
    return label.isEmpty ? nil : String(decoding: label, as: UTF8.self)
  }

  private static func firstIndex(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let pattern = Array(text.utf8)
    return bytes.indices.first { bytes[$0...].starts(with: pattern) }
  }

  /// The charset behind a label in the sense of the WHATWG Encoding Standard: the old names of a charset stand for its
  /// largest version. A declaration of UTF-16 that can be read as ASCII is wrong, and nil.
  private static func icuName(for label: String) -> String? {
    switch label {
    case "gb2312", "gbk", "gb_2312-80", "x-gbk", "chinese", "gb18030", "cp936": "GB18030"
    case "big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950": "Big5-HKSCS"
    case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252", "iso8859-1": "windows-1252"
    case "euc-kr", "ks_c_5601-1987", "cp949", "windows-949", "korean": "windows-949"
    case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji": "Shift_JIS"
    case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-7", "utf-32": nil
    default: label
    }
  }
}
