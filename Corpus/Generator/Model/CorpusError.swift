// What can be wrong with what the generator is asked for.

/// A parameter of the generator that cannot be followed.
public struct CorpusError: Error, Equatable, CustomStringConvertible {
  /// The fault in one line, with the name of the parameter.
  public let message: String

  /// A fault with a message.
  public init(message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}
