// What went wrong in reading or understanding a file or a line of it.

/// An error of extraction, with the place where it happened.
public struct ExtractionError: Error, Hashable, Sendable {
  /// The kind of an error: an open set, to be compared with the constants below.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The name of the kind, stable and fit for output to programs.
    public let description: String

    /// The file or folder doesn't exist.
    public static let notFound = Code(description: "notFound")
    /// The file or folder may not be read.
    public static let permissionDenied = Code(description: "permissionDenied")
    /// The operating system reports another failure.
    public static let io = Code(description: "io")
    /// The file, line or tree is larger than a limit.
    public static let tooLarge = Code(description: "tooLarge")
    /// The content is nested deeper than a limit.
    public static let tooDeep = Code(description: "tooDeep")
    /// The content isn't text.
    public static let binary = Code(description: "binary")
    /// The encoding is unknown or the text isn't valid in it.
    public static let badEncoding = Code(description: "badEncoding")
    /// The line isn't JSON.
    public static let badJSON = Code(description: "badJSON")
    /// The line is JSON, but not an object.
    public static let notAnObject = Code(description: "notAnObject")
    /// The object has no id, or an empty one.
    public static let missingID = Code(description: "missingID")
    /// A member has a type that its name doesn't allow.
    public static let unexpectedType = Code(description: "unexpectedType")
    /// A number is beyond 64-bit integers and finite doubles.
    public static let numberOutOfRange = Code(description: "numberOutOfRange")
    /// The record has more fields than the limit.
    public static let tooManyFields = Code(description: "tooManyFields")
    /// There isn't enough memory.
    public static let outOfMemory = Code(description: "outOfMemory")
    /// Neither a file nor a folder, or a folder where a file is needed.
    public static let unsupportedFormat = Code(description: "unsupportedFormat")
  }

  /// The kind of the error.
  public let code: Code
  /// What went wrong, as one line for people.
  public let message: String
  /// The file, as the caller named it.
  public let path: String?
  /// The line, counted from 1.
  public let line: Int?
  /// The offset in the line where `line` is set, otherwise in the file, in bytes.
  public let offset: Int?

  /// An error; every part but code and message is optional.
  public init(_ code: Code, _ message: String, path: String? = nil, line: Int? = nil, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.line = line
    self.offset = offset
  }

  /// The same error with the file's name.
  public func inFile(_ path: String) -> ExtractionError {
    ExtractionError(code, message, path: path, line: line, offset: offset)
  }
}

extension ExtractionError: CustomStringConvertible {
  /// The place and the message, as compilers write them: `path:line: message (byte offset)`.
  public var description: String {
    var text = ""
    if let path { text += path + ":" }
    if let line { text += "\(line):" }
    if !text.isEmpty { text += " " }
    text += message
    if let offset { text += " (byte \(offset))" }
    return text
  }
}
