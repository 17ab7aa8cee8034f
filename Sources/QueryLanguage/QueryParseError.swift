// Why a query could not be read, and where.

/// Why a query could not be read, and where.
public struct QueryParseError: Error, Sendable, Equatable {
  /// The kind of fault.
  public enum Code: String, Sendable, CaseIterable {
    /// The text exceeds ``QueryLimits/maximumBytes``.
    case tooLong
    /// There are more than ``QueryLimits/maximumClauses`` clauses.
    case tooManyClauses
    /// Parentheses or the tree are deeper than ``QueryLimits/maximumNesting`` or ``QueryLimits/maximumDepth``.
    case nestedTooDeeply
    /// A quotation mark is never closed.
    case unclosedQuotation
    /// A closing quotation mark has no opening one.
    case unopenedQuotation
    /// A parenthesis is never closed.
    case unclosedParenthesis
    /// A closing parenthesis has no opening one.
    case unopenedParenthesis
    /// There is nothing between two parentheses.
    case emptyParentheses
    /// Nothing to search for follows a field or an operator.
    case missingClause
    /// A clause has two of `+`, `-`, `!` and `NOT`.
    case repeatedModifier
    /// A range is not of the form `[a TO b]`.
    case malformedRange
    /// The number after `~` is not 0, 1 or 2.
    case invalidEdits
    /// A slop or a distance exceeds ``QueryLimits/maximumDistance``.
    case numberTooLarge
    /// `NEAR` stands between something other than words, phrases and patterns, or its distances differ.
    case unsuitableNear
  }

  /// The kind of fault.
  public let code: Code

  /// One sentence that says what is wrong, without the position. It repeats nothing of the query's text.
  public let message: String

  /// Where: UTF-8 bytes of the query. Empty where something is missing.
  public let range: Range<Int>

  /// What could have stood there instead, as it is written; empty where that would not help.
  public let expected: [String]

  init(_ code: Code, _ message: String, at range: Range<Int>, expected: [String] = []) {
    self.code = code
    self.message = message
    self.range = range
    self.expected = expected
  }
}

extension QueryParseError: CustomStringConvertible {
  /// The fault with its place in bytes, for when the query is not at hand; see ``describe(in:caret:)``.
  public var description: String { "byte \(range.lowerBound): \(message)\(expectation)" }

  /// The fault as a line for a terminal: `character 5: the quotation mark is not closed; expected "`. O(length).
  ///
  /// - Parameters:
  ///   - query: The text that was parsed.
  ///   - caret: Whether two more lines follow: the part of the query around the fault, with control characters
  ///     blanked, and a line that marks it. Lines are joined by line feeds; none ends the text.
  public func describe(in query: String, caret: Bool = false) -> String {
    let excerpt = QueryExcerpt(of: query, around: range)
    let line = "character \(excerpt.characterNumber): \(message)\(expectation)"
    return caret ? "\(line)\n  \(excerpt.text)\n  \(excerpt.mark)" : line
  }

  private var expectation: String {
    switch expected.count {
    case 0: ""
    case 1: "; expected \(expected[0])"
    default: "; expected \(expected.dropLast().joined(separator: ", ")) or \(expected[expected.count - 1])"
    }
  }
}
