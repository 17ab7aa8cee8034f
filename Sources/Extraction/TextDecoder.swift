// From the bytes of a file in any encoding to UTF-8.

/// Decodes text of unknown encoding. Has no state; one serves any number of threads.
public struct TextDecoder: Sendable {
  /// A decoder.
  public init() {}

  /// Decodes the bytes of a whole file. UTF-8 without a mark is handed back as it came; everything takes linear time.
  ///
  /// `isMarkup` makes what HTML or XML say about their encoding count.
  /// - Throws: `.binary` for what isn't text, `.badEncoding`, `.outOfMemory`.
  public func decode(_ bytes: consuming [UInt8], isMarkup: Bool = false) throws(ExtractionError) -> DecodedText {
    let encoding = bytes.withUnsafeBufferPointer { EncodingDetector.detect($0, isMarkup: isMarkup) }
    guard let encoding else { throw ExtractionError(.binary, "not a text file") }
    if encoding.name == "UTF-8" {
      return Self.decodeUTF8(bytes, markLength: encoding.markLength)
    }
    var best = try Self.convert(bytes, encoding.name, encoding.markLength)
    var name = encoding.name
    for alternative in encoding.alternatives where best.replaced > 0 && alternative != name {
      let other = try Self.convert(bytes, alternative, 0)
      if other.replaced == 0, DecodingScore(decoded: other.bytes).mean > DecodingScore(decoded: best.bytes).mean {
        best = other
        name = alternative
      }
    }
    if best.replaced * 100 > best.bytes.count / 2 * ExtractionLimits.undecodablePercentage {
      throw ExtractionError(.binary, "not text in any encoding known")
    }
    if name == "Big5-HKSCS" { best.bytes = HongKongCharacters.replacingPrivate(in: best.bytes) }
    return DecodedText(bytes: best.bytes, encoding: Self.publicName(name), hasReplacements: best.replaced > 0)
  }

  private static func convert(
    _ bytes: [UInt8], _ charset: String, _ markLength: Int
  ) throws(ExtractionError) -> CharsetConverter.Conversion {
    let result: Result<CharsetConverter.Conversion, ExtractionError> = bytes.withUnsafeBufferPointer { all in
      Result { () throws(ExtractionError) in
        try CharsetConverter.convert(UnsafeBufferPointer(rebasing: all.dropFirst(markLength)), from: charset)
      }
    }
    return try result.get()
  }

  /// A byte order mark is taken off; what isn't UTF-8 becomes U+FFFD.
  private static func decodeUTF8(_ bytes: consuming [UInt8], markLength: Int) -> DecodedText {
    let rest = markLength == 0 ? bytes : Array(bytes.dropFirst(markLength))
    if rest.isUTF8 { return DecodedText(bytes: rest, encoding: "UTF-8", hasReplacements: false) }
    return DecodedText(
      bytes: Array(String(decoding: rest, as: UTF8.self).utf8), encoding: "UTF-8", hasReplacements: true)
  }

  private static func publicName(_ charset: String) -> String { charset == "windows-949" ? "EUC-KR" : charset }
}
