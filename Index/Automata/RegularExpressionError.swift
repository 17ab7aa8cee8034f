// Why a regular expression is refused.

/// A fault of a regular expression.
public struct RegularExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong. It repeats nothing of the pattern.
  public let message: String
  /// Where, in Unicode scalars from the beginning of the pattern.
  public let position: Int

  /// The message and the position.
  public var description: String { "\(message), at \(position)" }
}
