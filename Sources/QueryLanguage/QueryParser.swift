// The entrance to the query language, and its grammar.

/// Reads the query language: Lucene's classic syntax, under the rule that what people type is text first.
///
/// ```
/// query    = { clauses }                            clauses side by side, joined by the default operator
/// clauses  = and { ("OR" | "||") and }
/// and      = near { ("AND" | "&&") near }
/// near     = clause { "NEAR/" digits clause }       words, phrases and patterns only
/// clause   = [ "+" | "-" | "!" | "NOT" ] [ field ":" ] primary [ "^" number ]
/// primary  = "(" query ")" | word | word "~" [ digit ] | phrase [ "~" digits ] | "/" regexp "/"
///          | ( "[" | "{" ) bound "TO" bound ( "]" | "}" ) | "*" | "*:*"
/// ```
///
/// **Precedence.** `NOT` and the signs bind tightest, then `NEAR/n`, `AND`, `OR`, and last the default operator
/// between clauses side by side: `a b AND c` is `a` beside `(b AND c)`, and `a b OR c` is `a` beside `(b OR c)`.
/// Lucene's classic parser has no precedence; where only one operator is used, both read the same.
/// A sign or `NOT` makes a clause required or prohibited in the list it stands in: `a OR NOT b` is what `a` finds
/// without what `b` finds, as in Lucene.
///
/// **Text first.**
/// - `+`, `-` and `!` act at the start of a clause (after white space, `(` or the start), before something that is
///   neither white space, `)`, the end nor another of them: `C++`, `e-mail`, `--help`, `off!` are text.
/// - `AND`, `OR`, `NOT`, `NEAR/n` act as whole words in capitals, `&&` and `||` as whole words; with a clause on each
///   side (`NOT`: after it). At the start or the end of a query or a group they are text.
/// - `:` acts after the name of a known field at the start of a clause, not before `:` or `//`. A backslash before it
///   makes it text.
/// - `*` is a wildcard; `?` is one where a letter, a digit or `*` comes after it in the same word. A word with `://`
///   in it has neither, nor edits.
/// - `~` and a digit after a word ask for edits, `~` alone too (for two) unless it follows a Chinese, Japanese or
///   Korean character. `^` acts at the end of a clause before a number. Elsewhere both are text.
/// - `/…/` acts as a whole clause without white space. `[a TO b]` acts after a field or as a whole; any other bracket
///   at the start of a clause is text.
/// - `"…"`, `“…”` and `「…」` quote wherever they stand; parentheses group wherever they stand, except `()` at the end
///   of a word (`main()`). Full-width punctuation is text. White space is Unicode's, U+3000 included.
/// - `\` escapes ASCII punctuation, white space and quotation marks, and an operator word (`\AND`). Before anything
///   else it is text.
///
/// What cannot be read is an error, never another query: a quotation mark or parenthesis without its partner (`:)`,
/// `(see`, `"unfinished`), `()`, two operators or signs in a row, a field with nothing after it, half a range, more
/// than two edits, or a limit of ``QueryLimits`` exceeded.
public struct QueryParser: Sendable {
  /// The names after which `:` acts.
  public let fields: Set<String>

  /// The operator between clauses side by side.
  public let defaultOperator: DefaultOperator

  /// A parser for an index with these fields.
  public init(fields: Set<String>, defaultOperator: DefaultOperator = .or) {
    self.fields = fields
    self.defaultOperator = defaultOperator
  }

  /// The tree of a query; nil when the text holds nothing but white space. O(length), without recursion.
  ///
  /// - Throws: ``QueryParseError`` with the place of the first fault that was met.
  public func parse(_ query: String) throws(QueryParseError) -> QueryTree? {
    let source = QuerySource(query)
    guard source.count <= QueryLimits.maximumBytes else {
      throw QueryParseError(
        .tooLong, "the query is longer than \(QueryLimits.maximumBytes) bytes",
        at: QueryLimits.maximumBytes..<source.count)
    }
    var assembler = QueryAssembler(source: source, fields: fields, defaultOperator: defaultOperator)
    return try assembler.assemble()
  }
}
