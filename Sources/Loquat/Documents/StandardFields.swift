// The fields that every index has, and where each kind of token goes.

import Analysis
import InvertedIndex

/// Names and numbers of the fields that documents have beside their own.
enum StandardField {
  /// The whole text of a document, its title first: what a query without a field searches.
  static let text = "text"
  /// The title alone.
  static let title = "title"
  /// The headings of a file, which are part of its text too.
  static let headings = "headings"
  /// The path of a file below the indexed folder.
  static let path = "path"
  /// When a file was last modified, in nanoseconds since 1970.
  static let modified = "_modified"
  /// The size of a file in bytes.
  static let size = "_size"
  /// Which of the index's roots a file lies below.
  static let root = "_root"
  /// The number of a document within its file, for files that hold several.
  static let part = "_part"
  /// The script of Chinese that a document is written in (``ChineseScript``), where it shows one.
  static let script = "_script"
  /// Begins the name of the column that holds the dates of a field of strings, in nanoseconds since 1970.
  static let datePrefix = "_date."
  /// Begins the name of the field whose terms are the whole values of a field of strings, for counting results by them.
  static let valuePrefix = "_value."
  /// The longest value that results are counted by, in UTF-8 bytes: a longer one is a text and no name of something.
  static let maximumValueLength = 256

  /// Fields that are not for queries.
  static func isReserved(_ name: String) -> Bool { name.hasPrefix("_") }

  /// A field of text. Phrases are made of stems and single characters, which keep positions; bigrams stand where their
  /// characters do, and keep positions only where not all characters are in the index.
  static func textField(_ name: String, hasCharacters: Bool) -> FieldSchema {
    var kinds = [TermKind.stem, .hanCharacter]
    if !hasCharacters { kinds.append(.hanBigram) }
    let spaces = kinds.reduce(UInt32(0)) { $0 | 1 << UInt32($1.rawValue) }
    return FieldSchema(name: name, type: .text, spacesWithPositions: spaces)
  }

  /// The schema of a new index.
  static func schema(_ settings: IndexSettings) -> Schema {
    let textField = { (name: String) in Self.textField(name, hasCharacters: settings.keepsCharacters) }
    return Schema(fields: [
      textField(text), textField(title), textField(path), FieldSchema(name: modified, type: .integer),
      FieldSchema(name: size, type: .integer), FieldSchema(name: root, type: .integer),
      FieldSchema(name: part, type: .integer), textField(headings), FieldSchema(name: script, type: .text),
    ])
  }
}

extension TermKind {
  /// The kind's term space in the index.
  var space: TermSpace { TermSpace(rawValue) }

  /// Whether a token of this kind adds to the length of its field: one common length for all kinds, counted in words.
  var countsTowardsLength: Bool { self == .stem || self == .hanWord }
}
