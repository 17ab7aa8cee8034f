// The error of everything that reads or writes an index.

/// Says what went wrong, in which file and where in it.
///
/// The code says whose fault it is, so that a program can decide; the message is for people.
public struct IndexError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure. More may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case corrupt, formatTooOld, formatTooNew, notAnIndex, notFound, alreadyExists, locked, io, outOfSpace
      case invalidArgument, analyzerMismatch, writerPoisoned, cancelled, limitExceeded, deadlineExceeded
    }

    private let value: Value

    private init(_ value: Value) { self.value = value }

    /// The code's name, as in this declaration.
    public var description: String { value.rawValue }

    /// The bytes of a file contradict its checksums, themselves or another file.
    public static let corrupt = Code(.corrupt)
    /// The file has an older format than this code reads.
    public static let formatTooOld = Code(.formatTooOld)
    /// The file has a newer format than this code reads.
    public static let formatTooNew = Code(.formatTooNew)
    /// There is no index, or the file is none of an index.
    public static let notAnIndex = Code(.notAnIndex)
    /// There is no file or directory with this name.
    public static let notFound = Code(.notFound)
    /// There is a file with this name.
    public static let alreadyExists = Code(.alreadyExists)
    /// Another process, or another object of this one, holds the lock.
    public static let locked = Code(.locked)
    /// The operating system refused or failed.
    public static let io = Code(.io)
    /// The device or the user's quota is full.
    public static let outOfSpace = Code(.outOfSpace)
    /// The caller asked for something that makes no sense.
    public static let invalidArgument = Code(.invalidArgument)
    /// The index was made with another analyzer.
    public static let analyzerMismatch = Code(.analyzerMismatch)
    /// The object failed before and accepts nothing more.
    public static let writerPoisoned = Code(.writerPoisoned)
    /// The caller cancelled the operation.
    public static let cancelled = Code(.cancelled)
    /// A documented limit was exceeded.
    public static let limitExceeded = Code(.limitExceeded)
    /// The time allowed ran out.
    public static let deadlineExceeded = Code(.deadlineExceeded)
  }

  /// The kind of failure.
  public let code: Code
  /// What went wrong, without the file and the place.
  public let message: String
  /// The name of the file, where there is one.
  public let file: String?
  /// The place of the fault in bytes from the start of the file.
  public let offset: Int?
  /// What the operating system said.
  public let errno: Int32?

  /// Makes an error.
  public init(_ code: Code, _ message: String, file: String? = nil, offset: Int? = nil, errno: Int32? = nil) {
    self.code = code
    self.message = message
    self.file = file
    self.offset = offset
    self.errno = errno
  }

  /// One line: `FILE: MESSAGE at byte N (CODE)`.
  public var description: String {
    var line = file.map { "\($0): " } ?? ""
    line += message
    if let offset { line += " at byte \(offset)" }
    return line + " (\(code))"
  }
}
