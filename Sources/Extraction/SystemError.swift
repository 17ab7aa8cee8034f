// Errors of the C library as errors of extraction.

@preconcurrency import Glibc

extension ExtractionError {
  /// The error for a value of `errno`.
  static func system(_ number: CInt, _ action: String, path: String?) -> ExtractionError {
    let code: Code =
      switch number {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM: .permissionDenied
      default: .io
      }
    return ExtractionError(code, "cannot \(action): \(String(cString: strerror(number)))", path: path)
  }
}
