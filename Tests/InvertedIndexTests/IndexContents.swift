// Everything an index holds, named by ids, so that two indexes can be compared whatever their order.

import Storage
import TestSupport

@testable import InvertedIndex

/// The contents of an index as lines of text, without numbers of documents.
enum IndexContents {
  /// One line for each posting, with its positions, and one for each document, with all that is kept of it; sorted.
  static func lines(_ reader: IndexReader) throws -> [String] {
    var lines: [String] = []
    let documents = reader.makeDocumentReader()
    for (place, segment) in reader.segments.enumerated() {
      let ids = try (0..<DocID(segment.documentCount)).map {
        try documents.id(of: DocAddress(segment: place, document: $0))
      }
      for document in 0..<DocID(segment.documentCount) where segment.isLive(document) {
        let address = DocAddress(segment: place, document: document)
        var line = "document \(ids[Int(document)])"
        for (field, value) in try documents.storedFields(of: address) {
          line += " \(field)=\(String(decoding: value, as: UTF8.self))"
        }
        for field in segment.columns?.fields ?? [] {
          if let bits = try segment.columns?.column(of: field)?.bits(document) { line += " column\(field)=\(bits)" }
        }
        for field in segment.norms.fields {
          let code = try segment.norms.codes(of: field).map { $0[Int(document)] } ?? 0
          if code > 0 { line += " length\(field)=\(code)" }
        }
        lines.append(line)
      }
      for space in segment.terms.spaces { lines += try postings(space, segment, ids) }
    }
    return lines.sorted()
  }

  private static func postings(_ space: TermDictionary.Space, _ segment: SegmentReader, _ ids: [String]) throws
    -> [String]
  {
    var lines: [String] = []
    var terms = try segment.terms.cursor(space)
    let hasPositions = space.statistics.hasPositions
    while try terms.next() {
      let context = ReadingContext()
      var cursor = try segment.postingsCursor(terms.info, hasPositions: hasPositions, context: context)
      var reader = hasPositions ? try segment.positionsCursor(terms.info, context: context) : nil
      var list = PositionList()
      while cursor.next() != .end {
        let frequency = cursor.frequency
        reader?.read(&cursor, block: cursor.currentBlock, place: cursor.place, into: &list)
        guard segment.isLive(cursor.document) else { continue }
        var positions: [UInt32] = []
        for place in 0..<list.count { positions.append(list[place]) }
        lines.append(
          "term \(space.statistics.field).\(space.statistics.space) \(String(decoding: terms.term, as: UTF8.self)) "
            + "\(ids[Int(cursor.document)]) \(frequency) \(positions)")
      }
      try context.check()
    }
    return lines
  }

  /// The ids of the documents in their order.
  static func order(_ reader: IndexReader) throws -> [String] {
    var ids: [String] = []
    try reader.forEachDocument { id, _ in ids.append(String(decoding: id, as: UTF8.self)) }
    return ids
  }
}
