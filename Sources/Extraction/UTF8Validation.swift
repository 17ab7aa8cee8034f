// Validity of UTF-8, by the SIMD routine of the JSON parser.

import CJSON

extension [UInt8] {
  /// Whether the bytes are valid UTF-8; linear, several bytes a cycle.
  var isUTF8: Bool { withUnsafeBufferPointer { cjson_is_utf8($0.baseAddress, $0.count) } }
}
