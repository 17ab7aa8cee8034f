// Conversion to UTF-8 through ICU.

import CICU

enum CharsetConverter {
  /// Converted text and how many byte sequences stood for no character.
  struct Conversion {
    var bytes: [UInt8]
    var replaced: Int
  }

  /// Converts from a charset that ICU knows by that name. Linear in the length.
  /// - Throws: `.badEncoding` for an unknown charset, `.outOfMemory`.
  static func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, from charset: String
  ) throws(ExtractionError) -> Conversion {
    var conversion = cicu_conversion()
    let status = cicu_convert_to_utf8(charset, bytes.baseAddress, bytes.count, &conversion)
    switch status {
    case CICU_CONVERSION_OK: break
    case CICU_CONVERSION_OUT_OF_MEMORY: throw ExtractionError(.outOfMemory, "no memory to decode the text")
    default: throw ExtractionError(.badEncoding, "cannot decode from \(charset)")
    }
    defer { cicu_conversion_free(&conversion) }
    let result = UnsafeBufferPointer(start: conversion.bytes, count: conversion.count)
    return Conversion(bytes: Array(result), replaced: conversion.replaced)
  }

  /// The charsets that ICU's detector holds possible, the likeliest first.
  static func guesses(for sample: [UInt8]) -> [String] {
    var guesses = [cicu_charset_guess](repeating: cicu_charset_guess(), count: 8)
    let found = cicu_detect_charset(sample, sample.count, &guesses, guesses.count)
    return guesses.prefix(found).map { guess in
      withUnsafeBytes(of: guess.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
  }
}
