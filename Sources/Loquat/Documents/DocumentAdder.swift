// Turns one document after another into terms, columns and stored fields.

import Analysis
import InvertedIndex

/// Feeds analysed documents to a document writer. One per thread.
final class DocumentAdder {
  private let writer: IndexWriter
  private let target: DocumentWriter
  private let analyzer: Analyzer
  private let store: StoredContent
  private let buffer = TokenBuffer()
  /// The tokens of the buffer on their way to the writer, and where those of each kind end; kept for their memory.
  private var occurrences: [TermOccurrence] = []
  private var ends = [Int](repeating: 0, count: TermKind.allCases.count)
  private let keepsCharacters: Bool
  private let showsScript: Bool
  private let textField: FieldNumber
  private let titleField: FieldNumber
  private let pathField: FieldNumber
  private let modifiedField: FieldNumber
  private let sizeField: FieldNumber
  private let rootField: FieldNumber
  private let partField: FieldNumber
  private let headingsField: FieldNumber
  private let scriptField: FieldNumber
  /// Where the next value of each of the document's own fields goes.
  private var nextPositions: [FieldNumber: Int32] = [:]

  /// Positions between the title and the text, so that no phrase is found across them.
  private static let titleGap: Int32 = 16
  /// Positions between two values of a field.
  private static let valueGap: Int32 = 16

  init(writer: IndexWriter, settings: IndexSettings) throws {
    self.writer = writer
    target = writer.makeDocumentWriter()
    analyzer = try Analyzer(settings.analyzer)
    store = settings.store
    keepsCharacters = settings.keepsCharacters
    showsScript = settings.analyzer.name != .whitespace
    textField = try writer.field(StandardField.textField(StandardField.text, hasCharacters: keepsCharacters))
    titleField = try writer.field(StandardField.textField(StandardField.title, hasCharacters: keepsCharacters))
    pathField = try writer.field(StandardField.textField(StandardField.path, hasCharacters: keepsCharacters))
    modifiedField = try writer.field(FieldSchema(name: StandardField.modified, type: .integer))
    sizeField = try writer.field(FieldSchema(name: StandardField.size, type: .integer))
    rootField = try writer.field(FieldSchema(name: StandardField.root, type: .integer))
    partField = try writer.field(FieldSchema(name: StandardField.part, type: .integer))
    headingsField = try writer.field(StandardField.textField(StandardField.headings, hasCharacters: keepsCharacters))
    scriptField = try writer.field(FieldSchema(name: StandardField.script, type: .text))
  }

  /// Where a document was read and the state of its file, from which a later run sees that it changed.
  struct FileOrigin {
    var path: String
    var modified: Int64
    var size: Int64
    /// The number of the root that the path starts from.
    var root: Int
    /// The document's number within the file; nil when the file is one document.
    var part: Int?
  }

  /// A document as views of somebody's memory, valid during the call.
  struct Source {
    var id: UnsafeBufferPointer<UInt8>
    var title: UnsafeBufferPointer<UInt8>
    var text: UnsafeBufferPointer<UInt8>
    /// The headings, which are part of the text too.
    var headings: [String] = []
    var fields: [(name: String, value: Document.Value)] = []
    var file: FileOrigin?
  }

  /// One of the document's own fields and where it goes.
  private struct OwnField {
    let field: FieldNumber
    let value: Document.Value
    /// The whole value as text, when results are counted by it, and the field of such values.
    let whole: (field: FieldNumber, text: String)?
    /// The moment that the value names, and its column.
    let date: (field: FieldNumber, nanoseconds: Int64)?
  }

  /// Adds a document, replacing any with the same id.
  ///
  /// - Throws: an `IndexError` with code `limitExceeded` or `invalidArgument` when just this document is refused; any
  ///   other error ends the writing.
  func add(_ source: Source, sequence: UInt64) throws {
    for text in [source.title, source.text] where text.count > IndexLimits.textLength {
      throw IndexError(
        .limitExceeded, "a text of \(text.count) bytes is longer than \(IndexLimits.textLength)")
    }
    // A text is there as it was read and as it was decoded.
    try target.begin(id: source.id, sequence: sequence, sourceBytes: 2 * (source.title.count + source.text.count))
    nextPositions.removeAll(keepingCapacity: true)
    do {
      let ownFields = try resolve(source.fields)
      addText(source)
      addHeadings(source)
      addScript(source)
      for field in ownFields { add(field) }
      if let file = source.file { addFile(file) }
    } catch {
      target.abandonDocument()
      throw error
    }
    try target.finishDocument(sourceBytes: source.title.count + source.text.count)
  }

  /// Hands everything to the writer.
  func finish() throws { try target.finish() }

  private func addText(_ source: Source) {
    var position: Int32 = 0
    if !source.title.isEmpty {
      position = index(source.title, from: 0, fields: [textField, titleField]) + Self.titleGap
      if store == .all { target.store(source.title, field: titleField) }
    }
    _ = index(source.text, from: position, fields: [textField])
    if store == .all, !source.text.isEmpty { target.store(source.text, field: textField) }
  }

  private func addHeadings(_ source: Source) {
    var position: Int32 = 0
    for var heading in source.headings {
      heading.withUTF8 { position = index($0, from: position, fields: [headingsField]) + Self.valueGap }
    }
  }

  private func addScript(_ source: Source) {
    guard showsScript, let script = ChineseScript(of: source.text) ?? ChineseScript(of: source.title) else { return }
    target.beginTerms(field: scriptField, space: TermKind.exact.space)
    var name = script.rawValue
    name.withUTF8 { target.add($0, position: 0) }
  }

  /// Indexes a text into the fields; returns the position after it.
  private func index(_ text: UnsafeBufferPointer<UInt8>, from position: Int32, fields: [FieldNumber]) -> Int32 {
    analyzer.analyze(text, firstPosition: position, into: buffer) { tokens in
      for field in fields { route(tokens, to: field) }
    }
  }

  private func route(_ tokens: TokenBuffer, to field: FieldNumber) {
    tokens.withUnsafeTokens { tokens, arena in
      let length = keepsCharacters ? sort(tokens) : withoutInnerCharacters(tokens).withUnsafeBufferPointer { sort($0) }
      occurrences.withUnsafeBufferPointer { occurrences in
        var start = 0
        for (kind, end) in zip(TermKind.allCases, ends) where end > start {
          target.beginTerms(field: field, space: kind.space)
          target.add(UnsafeBufferPointer(rebasing: occurrences[start..<end]), in: arena)
          start = end
        }
      }
      target.addLength(length, field: field)
    }
  }

  /// Fills `occurrences` with the tokens, ordered by kind, and `ends` with where each kind ends. Returns how many count
  /// towards the length of the text.
  private func sort(_ tokens: UnsafeBufferPointer<Token>) -> Int {
    let nothing = TermOccurrence(start: 0, length: 0, position: 0)
    if occurrences.count < tokens.count {
      occurrences.append(contentsOf: repeatElement(nothing, count: tokens.count - occurrences.count))
    }
    for kind in ends.indices { ends[kind] = 0 }
    for token in tokens { ends[Int(token.kind.rawValue)] += 1 }
    var length = 0
    var start = 0
    for kind in TermKind.allCases {
      let place = Int(kind.rawValue)
      let count = ends[place]
      if kind.countsTowardsLength { length += count }
      ends[place] = start
      start += count
    }
    occurrences.withUnsafeMutableBufferPointer { occurrences in
      ends.withUnsafeMutableBufferPointer { ends in
        for token in tokens {
          let place = Int(token.kind.rawValue)
          occurrences[ends[place]] = TermOccurrence(
            start: token.termStart, length: UInt32(token.termLength), position: UInt32(bitPattern: token.position))
          ends[place] += 1
        }
      }
    }
    return length
  }

  /// The tokens without the characters that one bigram leads to and another leads on from. Where the tokens of a run come
  /// in two parts, the character at the seam counts as an end.
  private func withoutInnerCharacters(_ tokens: UnsafeBufferPointer<Token>) -> [Token] {
    var bigrams: (last: Int32, before: Int32) = (.min, .min)
    return tokens.filter { token in
      if token.kind == .hanBigram { bigrams = (token.position, bigrams.last) }
      guard token.kind == .hanCharacter else { return true }
      return bigrams.last != token.position || bigrams.before != token.position - 1
    }
  }

  private func addFile(_ file: FileOrigin) {
    target.setColumn(file.modified, field: modifiedField)
    target.setColumn(file.size, field: sizeField)
    target.setColumn(Int64(file.root), field: rootField)
    if let part = file.part { target.setColumn(Int64(part), field: partField) }
    var path = file.path
    path.withUTF8 { bytes in _ = index(bytes, from: 0, fields: [pathField]) }
  }

  // MARK: A document's own fields

  /// Finds where fields go, adding those to the index that it does not have: all of them, or none when one is refused.
  private func resolve(_ fields: [(name: String, value: Document.Value)]) throws -> [OwnField] {
    if fields.isEmpty { return [] }
    var schemas: [FieldSchema] = []
    var wholes: [String?] = []
    var dates: [Int64?] = []
    for (name, value) in fields {
      guard !name.isEmpty, !StandardField.isReserved(name), name != StandardField.path else {
        throw IndexError(.invalidArgument, "the field name \"\(name)\" is reserved")
      }
      guard name.utf8.count <= Document.maximumFieldNameLength else {
        throw IndexError(
          .limitExceeded,
          "the name of a field has \(name.utf8.count) bytes, more than \(Document.maximumFieldNameLength)")
      }
      var whole: String?
      var date: Int64?
      switch value {
      case .number(let number):
        guard !number.isNaN else { throw IndexError(.invalidArgument, "the field \"\(name)\" is not a number") }
        schemas.append(FieldSchema(name: name, type: .real))
      case .bool(let bool):
        schemas.append(StandardField.textField(name, hasCharacters: keepsCharacters))
        whole = Self.text(bool)
      case .text(let text):
        schemas.append(StandardField.textField(name, hasCharacters: keepsCharacters))
        whole = (1...StandardField.maximumValueLength).contains(text.utf8.count) ? text : nil
        date = ISODate.nanoseconds(text)
      }
      if whole != nil { schemas.append(FieldSchema(name: StandardField.valuePrefix + name, type: .text)) }
      if date != nil { schemas.append(FieldSchema(name: StandardField.datePrefix + name, type: .integer)) }
      wholes.append(whole)
      dates.append(date)
    }
    // The writer checks the types, also of fields known here: a value of another type must be refused.
    var numbers = try writer.fields(schemas).makeIterator()
    func next() -> FieldNumber { numbers.next() ?? Schema.idField }
    return fields.indices.map { place in
      OwnField(
        field: next(), value: fields[place].value, whole: wholes[place].map { (next(), $0) },
        date: dates[place].map { (next(), $0) })
    }
  }

  private func add(_ own: OwnField) {
    switch own.value {
    case .number(let number): target.setColumn(number, field: own.field)
    case .bool(let bool): addText(Self.text(bool), own.field)
    case .text(let text): addText(text, own.field)
    }
    if let whole = own.whole {
      var text = whole.text
      target.beginTerms(field: whole.field, space: TermKind.exact.space)
      text.withUTF8 { target.add($0, position: 0) }
    }
    if let date = own.date { target.setColumn(date.nanoseconds, field: date.field) }
  }

  private static func text(_ bool: Bool) -> String { bool ? "true" : "false" }

  private func addText(_ text: String, _ field: FieldNumber) {
    var text = text
    let position = nextPositions[field] ?? 0
    text.withUTF8 { bytes in
      nextPositions[field] = index(bytes, from: position, fields: [field]) + Self.valueGap
    }
  }
}
