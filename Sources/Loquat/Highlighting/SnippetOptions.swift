// How snippets are made.

/// How snippets are made.
public struct SnippetOptions: Sendable, Equatable {
  /// The greatest length in characters; a full-width character counts as two.
  public var length: Int

  /// Options; the default length suits two lines of a terminal.
  public init(length: Int = 160) {
    self.length = length
  }

  /// The length in the units of `TextWidth`, within limits that leave room for arithmetic.
  var width: Int { min(max(length, 8), 1 << 24) * TextWidth.column }
}
