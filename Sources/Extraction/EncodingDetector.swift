// Which encoding a file is in: by its mark, by validity, by its own word, then by what reads like text.

import CJSON

/// Finds the encoding of bytes. The order: byte order mark; valid UTF-8 without control characters; UTF-16 without a
/// mark; UTF-8 with a few bytes damaged; what markup declares; the East Asian encodings and windows-1252 by the likelihood of the characters they give;
/// ICU's detector for the rest.
struct EncodingDetector {
  /// The encoding found.
  struct Encoding {
    /// The name for ICU and for people; `UTF-8` is not converted.
    let name: String
    /// Bytes of the byte order mark.
    var markLength = 0
    /// Other encodings to try when this one can't decode everything, the best first.
    var alternatives: [String] = []
  }

  private static let marks: [(bytes: [UInt8], name: String)] = [
    ([0xEF, 0xBB, 0xBF], "UTF-8"),
    ([0xFF, 0xFE, 0, 0], "UTF-32LE"),
    ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
    ([0xFF, 0xFE], "UTF-16LE"),
    ([0xFE, 0xFF], "UTF-16BE"),
    ([0x84, 0x31, 0x95, 0x33], "GB18030"),
  ]

  /// The start of a PDF file, which may have no control characters for long.
  private static let documentFormatMark = Array("%PDF-".utf8)

  private static let multibyte = ["GB18030", "Big5-HKSCS", "EUC-JP", "Shift_JIS", "windows-949"]

  /// The encoding of the bytes, or nil for what isn't text. `isMarkup` looks for a declaration.
  static func detect(_ bytes: UnsafeBufferPointer<UInt8>, isMarkup: Bool) -> Encoding? {
    for mark in marks where bytes.starts(with: mark.bytes) {
      return Encoding(name: mark.name, markLength: mark.bytes.count)
    }
    if bytes.starts(with: documentFormatMark) { return nil }
    let controls = ControlStatistics(bytes)
    let isUTF8 = cjson_is_utf8(bytes.baseAddress, bytes.count)
    if isUTF8, controls.count == 0 {
      return Encoding(name: controls.hasEscape ? sevenBit(bytes) : "UTF-8")
    }
    if let utf16 = detectUTF16(bytes) { return utf16 }
    if controls.isBinary { return nil }
    if isUTF8 || DamagedUTF8.isLikely(bytes) { return Encoding(name: "UTF-8") }
    let sample = EncodingSample.take(from: bytes, keepsPairs: false)
    let ranked = rank(sample)
    if isMarkup, let declared = EncodingDeclaration.charset(in: bytes), decodes(sample, from: declared) {
      return Encoding(name: declared, alternatives: ranked.map(\.name))
    }
    guard let best = ranked.first else { return nil }
    if best.score.mean >= threshold(best.score.characters) {
      return Encoding(name: best.name, alternatives: ranked.dropFirst().map(\.name))
    }
    let guess = CharsetConverter.guesses(for: sample).first { $0 != "UTF-8" && !$0.hasPrefix("UTF-") }
    return Encoding(
      name: guess == "ISO-8859-1" ? "windows-1252" : guess ?? best.name, alternatives: ranked.map(\.name))
  }

  /// Whether the first bytes of a file already show that it isn't text.
  static func isBinary(head: UnsafeBufferPointer<UInt8>) -> Bool {
    if head.starts(with: documentFormatMark) { return true }
    if marks.contains(where: { head.starts(with: $0.bytes) }) { return false }
    return ControlStatistics(head).isBinary && detectUTF16(head) == nil
  }

  /// The mean that a reading needs to be believed; a few characters need less, since ICU's detector knows less then.
  private static func threshold(_ characters: Int) -> Float {
    0.7 - 1.6 / Float(max(characters, 1)).squareRoot()
  }

  private static func rank(_ sample: [UInt8]) -> [(name: String, score: DecodingScore)] {
    var ranked = [(name: "windows-1252", score: DecodingScore(windows1252: sample))]
    for name in multibyte {
      let conversion = sample.withUnsafeBufferPointer { try? CharsetConverter.convert($0, from: name) }
      guard let conversion else { continue }
      ranked.append((name, DecodingScore(decoded: conversion.bytes)))
    }
    return ranked.sorted { $0.score.mean > $1.score.mean }
  }

  private static func decodes(_ sample: [UInt8], from charset: String) -> Bool {
    let conversion = sample.withUnsafeBufferPointer { try? CharsetConverter.convert($0, from: charset) }
    guard let conversion else { return false }
    return conversion.replaced * 100 <= sample.count
  }

  /// ISO-2022 texts are ASCII to the eye; only escape sequences tell.
  private static func sevenBit(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let sample = EncodingSample.take(from: bytes, keepsPairs: false)
    guard let guess = CharsetConverter.guesses(for: sample).first, guess.hasPrefix("ISO-2022") else { return "UTF-8" }
    return guess
  }

  private static func detectUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> Encoding? {
    guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
    let sample = EncodingSample.take(from: bytes, keepsPairs: true)
    let little = DecodingScore(utf16: sample, isBigEndian: false).mean
    let big = DecodingScore(utf16: sample, isBigEndian: true).mean
    guard max(little, big) >= 0.4 else { return nil }
    return Encoding(name: little >= big ? "UTF-16LE" : "UTF-16BE")
  }
}
