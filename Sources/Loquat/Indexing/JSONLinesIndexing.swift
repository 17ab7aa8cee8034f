// Indexing JSON Lines: one document a line.

import Extraction
import InvertedIndex
import Storage
import Synchronization

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
}

extension LoquatIndex {
  /// Adds the documents of JSON Lines by their ids in one commit; of several with one id the last stays. Lines that are
  /// no document are left out and reported. `progress` is told the bytes read so far, from any thread.
  ///
  /// - Throws: an error when a source cannot be read or the index cannot be written; nothing is changed then.
  @discardableResult
  public func addJSONLines(
    _ sources: [JSONLinesSource], _ options: IndexingOptions = IndexingOptions(),
    progress: @escaping @Sendable (_ bytes: Int) -> Void = { _ in }
  ) throws -> IndexingSummary {
    let start = ContinuousClock.now
    var options = options
    options.threads = IndexingThreads.count(options.threads)
    return try withWriter(options) { writer in
      let shared = Mutex(IndexingSummary())
      try withWorkers(threads: options.threads, capacity: options.threads) { (queue: WorkQueue<NumberedChunk>) in
        var number: UInt64 = 0
        for source in sources {
          let reader =
            switch source {
            case .file(let path): try LineChunkReader(path: path)
            case .standardInput: LineChunkReader(descriptor: 0, name: source.name)
            }
          while let chunk = try reader.next() {
            number += 1
            if !queue.put(NumberedChunk(number: number, source: source.name, chunk: chunk)) { return }
            progress(chunk.byteOffset + chunk.byteCount)
          }
        }
      } consume: { [settings] queue in
        let adder = try DocumentAdder(writer: writer, settings: settings)
        let parser = try JSONLineParser()
        while let item = queue.take() {
          var local = IndexingSummary()
          try item.add(to: adder, parser, &local)
          shared.withLock { $0.merge(local) }
        }
        try adder.finish()
      }
      var summary = shared.withLock { $0 }
      let committed = try writer.commit()
      summary.added = committed.added
      summary.updated = committed.updated
      summary.seconds = start.duration(to: .now) / .seconds(1)
      return summary
    }
  }
}

/// A chunk of lines with its place in the input.
private struct NumberedChunk: Sendable {
  let number: UInt64
  let source: String
  let chunk: LineChunk

  /// Adds every line's document; what is refused is noted in the summary.
  func add(to adder: DocumentAdder, _ parser: JSONLineParser, _ summary: inout IndexingSummary) throws {
    for error in chunk.refusedLines { summary.skip("\(source):\(error.line ?? 0)", error.message) }
    // Later lines have higher numbers, whichever thread adds them.
    var sequence = number << 32
    for line in chunk.lines {
      sequence += 1
      var name = "\(source):\(line.number)"
      do {
        let record = try parser.parse(line)
        name += " (id \(String(decoding: record.id, as: UTF8.self)))"
        try adder.add(
          .init(id: record.id, title: record.title, text: record.text, fields: record.fields.map(\.documentField)),
          sequence: sequence)
        summary.bytes += record.title.count + record.text.count
      } catch let error as ExtractionError where error.code != .outOfMemory {
        summary.skip(name, error.message)
      } catch let error as IndexError where error.isOfOneDocument {
        summary.skip(name, error.message)
      }
    }
  }
}

extension JSONFields.Element {
  /// The field as a document has it.
  fileprivate var documentField: (name: String, value: Document.Value) {
    (String(decoding: name, as: UTF8.self), value.copy.documentValue)
  }
}
