// From the operating system's errors to ours.

internal import CPlatform
internal import Glibc

extension IndexError {
  /// The error for a system call that failed with `errno`; `action` completes "cannot …".
  package static func system(_ errno: Int32, _ action: String, file: String? = nil) -> IndexError {
    let code: Code =
      switch errno {
      case ENOSPC, EDQUOT: .outOfSpace
      case ENOENT: .notFound
      case EEXIST: .alreadyExists
      default: .io
      }
    return IndexError(code, "cannot \(action): \(reason(errno))", file: file, errno: errno)
  }

  private static func reason(_ errno: Int32) -> String {
    guard let text = unsafe cplatform_error_text(errno) else { return "error \(errno)" }
    return unsafe String(cString: text)
  }
}
