// Indexing JSON Lines: one document a line.

import Extraction
@preconcurrency import Glibc
import InvertedIndex

/// Where JSON Lines come from.
public enum JSONLinesSource: Sendable, Hashable {
  /// A file.
  case file(String)
  /// Standard input.
  case standardInput

  var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "(standard input)"
    }
  }

  /// How many bytes there are to read; nil where that cannot be known.
  var size: Int? {
    var status = stat()
    guard case .file(let path) = self, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }
}

extension LoquatIndex {
  /// Adds the documents of JSON Lines by their ids in one commit; of several with one id the last stays. Lines that are
  /// no document are left out and reported. `progress` is told the bytes read so far, from any thread.
  ///
  /// - Throws: an error when a source cannot be read or the index cannot be written, `cancelled` when the options' control
  ///   says so; nothing is changed then.
  @discardableResult
  public func addJSONLines(
    _ sources: [JSONLinesSource], _ options: IndexingOptions = IndexingOptions(),
    progress: @escaping @Sendable (_ bytes: Int) -> Void = { _ in }
  ) throws -> IndexingSummary {
    let longestLine = min(options.longestDocumentInBytes, ExtractionLimits.maximalLineLengthInBytes)
    let control = options.control
    return try run(options, capacity: { 2 * $0 * ExtractionLimits.lineChunkSizeInBytes }) {
      (_, queue: WorkQueue<NumberedChunk>) in
      var number: UInt64 = 0
      let sizes = sources.compactMap(\.size)
      control.begin(.indexing, total: sizes.count == sources.count ? sizes.reduce(0, +) : nil)
      for source in sources {
        let reader =
          switch source {
          case .file(let path): try LineChunkReader(path: path, maximalLineLengthInBytes: longestLine)
          case .standardInput:
            LineChunkReader(descriptor: 0, name: source.name, maximalLineLengthInBytes: longestLine)
          }
        while let chunk = try reader.next() {
          try control.check()
          number += 1
          let item = NumberedChunk(number: number, source: source.name, chunk: chunk)
          if !queue.put(item, weight: chunk.byteCount) { return IndexingSummary() }
          progress(chunk.byteOffset + chunk.byteCount)
        }
      }
      return IndexingSummary()
    } makeWorker: { adder in
      let parser = try JSONLineParser()
      return { item, summary in
        try item.add(to: adder, parser, control, &summary)
        control.advance(by: item.chunk.byteCount)
      }
    }
  }
}

/// A chunk of lines with its place in the input.
private struct NumberedChunk: Sendable {
  let number: UInt64
  let source: String
  let chunk: LineChunk

  /// Adds every line's document; what is refused is noted in the summary.
  func add(
    to adder: DocumentAdder, _ parser: JSONLineParser, _ control: OperationControl, _ summary: inout IndexingSummary
  ) throws {
    for error in chunk.refusedLines { summary.skip("\(source):\(error.line ?? 0)", error.message) }
    // Later lines have higher numbers, whichever thread adds them.
    var sequence = number << 32
    for line in chunk.lines {
      sequence += 1
      try control.check()
      do {
        try add(try parser.parse(line), line: line.number, sequence: sequence, to: adder, &summary)
      } catch let error as ExtractionError where error.code != .outOfMemory {
        summary.skip("\(source):\(line.number)", error.message)
      }
    }
  }

  private func add(
    _ record: JSONRecord, line: Int, sequence: UInt64, to adder: DocumentAdder, _ summary: inout IndexingSummary
  ) throws {
    do {
      try adder.add(
        .init(id: record.id, title: record.title, text: record.text, fields: record.fields.map(\.documentField)),
        sequence: sequence)
      summary.bytes += record.title.count + record.text.count
    } catch let error as IndexError where error.isOfOneDocument {
      summary.skip("\(source):\(line) (id \(String(decoding: record.id, as: UTF8.self)))", error.message)
    }
  }
}

extension JSONFields.Element {
  /// The field as a document has it.
  fileprivate var documentField: (name: String, value: Document.Value) {
    (String(decoding: name, as: UTF8.self), value.copy.documentValue)
  }
}
