// The parts of a regular expression.

/// A regular expression as a tree.
indirect enum RegularExpressionNode {
  /// The empty text.
  case empty
  /// One scalar of a set.
  case set(ScalarSet)
  /// All, one after the other; two or more, none empty.
  case concatenation([RegularExpressionNode])
  /// One of them; two or more.
  case alternation([RegularExpressionNode])
  /// A part, not empty, at least `minimum` times and at most `maximum`, which is 1 or more; nil is no bound. The position
  /// is that of the operator.
  case repetition(RegularExpressionNode, minimum: Int, maximum: Int?, position: Int)
}
