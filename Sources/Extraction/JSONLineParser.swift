// From the bytes of a JSON line to a record, without allocation for each line.

import CJSON

/// Parses JSON Lines, one object at a time, with memory that it reuses; for use by one thread at a time.
///
/// The rules: `id` is a string or a number (kept as written, 64-bit integers and finite doubles); `title` and `text` are
/// strings or null; of several members of a name the last counts for id, title and text. An escape of a lone surrogate
/// becomes U+FFFD. Bytes that aren't UTF-8 make the line an error.
public final class JSONLineParser {
  private let parser: OpaquePointer
  private let requiresID: Bool
  private var padded: [UInt8] = []

  /// A parser that refuses lines without an id if so wished.
  /// - Throws: `.outOfMemory`.
  public init(requiresID: Bool = true) throws(ExtractionError) {
    guard
      let parser = cjson_parser_create(
        ExtractionLimits.maximalJSONDepth, ExtractionLimits.maximalFieldsPerRecord)
    else { throw ExtractionError(.outOfMemory, "no memory for a JSON parser") }
    self.parser = parser
    self.requiresID = requiresID
  }

  deinit { cjson_parser_destroy(parser) }

  /// Parses a line of a chunk. The record is valid until the next call. Linear in the line's length.
  /// - Throws: `.badJSON`, `.badEncoding`, `.notAnObject`, `.missingID`, `.unexpectedType`, `.tooDeep`,
  ///   `.tooManyFields`, `.numberOutOfRange`, `.tooLarge`, `.outOfMemory`, with the line's number and, where known, the
  ///   offset in the line.
  public func parse(_ line: LineChunk.Line) throws(ExtractionError) -> JSONRecord {
    var record = cjson_record()
    let status = cjson_parse_record(parser, line.bytes.baseAddress, line.bytes.count, &record)
    guard status == CJSON_OK else { throw failure(status, line) }
    if requiresID, record.id.count == 0 {
      throw ExtractionError(.missingID, "the object has no id", line: line.number)
    }
    return JSONRecord(record)
  }

  /// Parses an object in any memory, as line 1. Copies it to where there is padding.
  public func parse(_ bytes: some Collection<UInt8>) throws(ExtractionError) -> JSONRecord {
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: bytes)
    let count = padded.count
    padded.append(contentsOf: repeatElement(0x20, count: LineChunk.paddingInBytes))
    let result: Result<JSONRecord, ExtractionError> = padded.withUnsafeBufferPointer { buffer in
      let line = UnsafeBufferPointer(rebasing: buffer[..<count])
      return Result { () throws(ExtractionError) in
        try parse(LineChunk.Line(paddedBytes: line, number: 1, byteOffset: 0))
      }
    }
    return try result.get()
  }

  private func failure(_ status: cjson_status, _ line: LineChunk.Line) -> ExtractionError {
    let offset = Int(cjson_error_offset(parser))
    switch status {
    case CJSON_BAD_UTF8: return ExtractionError(.badEncoding, "not UTF-8", line: line.number, offset: offset)
    case CJSON_NOT_AN_OBJECT: return ExtractionError(.notAnObject, "not a JSON object", line: line.number)
    case CJSON_UNEXPECTED_TYPE:
      return ExtractionError(
        .unexpectedType, "id must be a string or a number, title and text strings", line: line.number)
    case CJSON_TOO_DEEP:
      return ExtractionError(
        .tooDeep, "nested deeper than \(ExtractionLimits.maximalJSONDepth)", line: line.number, offset: offset)
    case CJSON_TOO_MANY_FIELDS:
      return ExtractionError(
        .tooManyFields, "more than \(ExtractionLimits.maximalFieldsPerRecord) fields, or too long names",
        line: line.number)
    case CJSON_NUMBER_OUT_OF_RANGE:
      return ExtractionError(.numberOutOfRange, "the number is out of range", line: line.number, offset: offset)
    case CJSON_TOO_LARGE: return ExtractionError(.tooLarge, "the line is too long", line: line.number)
    case CJSON_OUT_OF_MEMORY:
      return ExtractionError(.outOfMemory, "no memory to parse the line", line: line.number)
    default:
      let reason = offset >= line.bytes.count ? "the JSON ends too early" : "not valid JSON"
      return ExtractionError(.badJSON, reason, line: line.number, offset: offset)
    }
  }
}
