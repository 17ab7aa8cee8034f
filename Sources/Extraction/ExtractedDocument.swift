// What extraction hands to the indexer: one document's text and what is known about it.

/// A document taken out of a file.
public struct ExtractedDocument: Sendable {
  /// For a document within a container, such as a line of a JSON Lines file, its number counted from 1; such a document
  /// is called `path#number`.
  public var part: Int?
  /// The document's own id, where its format has one.
  public var id: String?
  /// The title. A whole file is called by its name when nothing better is found; a part may have none.
  public var title: String
  /// The text, as valid UTF-8. Blocks are separated by an empty line, cells of a table by ` | `.
  public var text: [UInt8]
  /// The headings in their order, the first of them even where it serves as the title.
  public var headings: [String]
  /// Further fields, in their order; a name occurs once for each of its values.
  public var fields: [(name: String, value: JSONFieldValue)]

  /// A document.
  public init(
    part: Int? = nil, id: String? = nil, title: String, text: [UInt8], headings: [String] = [],
    fields: [(name: String, value: JSONFieldValue)] = []
  ) {
    self.part = part
    self.id = id
    self.title = title
    self.text = text
    self.headings = headings
    self.fields = fields
  }
}
