// What a program gives to be indexed.

import Extraction

/// A document: an id, a title, a text and further fields.
public struct Document: Sendable, Equatable {
  /// A value of a field beside title and text.
  public enum Value: Sendable, Equatable {
    /// Text, searched as `field:…`. Texts that are ISO 8601 dates are also compared as dates.
    case text(String)
    /// A number, compared by ranges as in `field:[1 TO 5]`.
    case number(Double)
    /// True or false, searched as the words `true` and `false`.
    case bool(Bool)
  }

  /// The longest name of a field, in bytes of UTF-8: the index has names that begin with something else.
  public static let maximumFieldNameLength = 1_000

  /// Tells documents apart; a document replaces the one with the same id.
  public var id: String
  /// The title; may be empty.
  public var title: String
  /// The text.
  public var text: String
  /// Further fields, by name.
  public var fields: [String: Value]

  /// Makes a document.
  public init(id: String, title: String = "", text: String, fields: [String: Value] = [:]) {
    self.id = id
    self.title = title
    self.text = text
    self.fields = fields
  }
}

extension JSONFieldValue {
  /// The value as a document has it.
  var documentValue: Document.Value {
    switch self {
    case .string(let text): .text(text)
    case .number(let number): .number(number)
    case .bool(let bool): .bool(bool)
    }
  }
}
