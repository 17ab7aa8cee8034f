// What a file of an index holds.

/// Four ASCII characters that say what a file holds, stored in its header in reading order.
public struct FileKind: Hashable, Sendable, CustomStringConvertible {
  /// The characters, the first in the lowest byte.
  public let code: UInt32

  /// A kind from exactly four ASCII characters.
  public init(_ fourCharacters: StaticString) {
    precondition(fourCharacters.utf8CodeUnitCount == 4 && fourCharacters.isASCII, "a file kind has four characters")
    code = fourCharacters.withUTF8Buffer { (bytes) in
      unsafe bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// The kind with a code from a file.
  init(code: UInt32) { self.code = code }

  /// The characters; what is not printable as a dot.
  public var description: String {
    var text = ""
    for shift in [0, 8, 16, 24] as [UInt32] {
      let byte = UInt8(truncatingIfNeeded: code >> shift)
      text.unicodeScalars.append((0x21...0x7E).contains(byte) ? Unicode.Scalar(byte) : ".")
    }
    return text
  }
}
